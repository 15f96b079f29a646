//! The least a process can do: what `larkspur --version` is measured against.

fn main() {
    println!("floor 0.1.0");
}
