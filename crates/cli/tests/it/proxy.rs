//! Between the program and the platform: counts requests, and fails where a test wants it.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{
        Arc, Condvar, Mutex,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
};

/// What is done with the requests that are counted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// They reach the platform, and are answered.
    Pass,
    /// They do not reach the platform, and are never answered.
    Hold,
    /// They reach the platform as soon as the mode is another one.
    Delay,
    /// The platform does what they want, and the answer is lost.
    Swallow,
    /// Nobody is there, for any request.
    Refuse,
}

pub(crate) struct Proxy {
    pub(crate) url: String,
    counted: Arc<AtomicUsize>,
    mode: Arc<Switch>,
    /// Told when a request was held, or an answer swallowed.
    caught: mpsc::Receiver<()>,
}

struct Connection {
    client: TcpStream,
    server: TcpStream,
    needle: &'static str,
    counted: Arc<AtomicUsize>,
    mode: Arc<Switch>,
    caught: mpsc::Sender<()>,
}

/// The mode, and who waits for another.
struct Switch {
    mode: Mutex<Mode>,
    changed: Condvar,
}

impl Switch {
    fn get(&self) -> Mode {
        *self.mode.lock().expect("a mode")
    }

    fn set(&self, mode: Mode) {
        *self.mode.lock().expect("a mode") = mode;
        self.changed.notify_all();
    }

    fn wait_while(&self, mode: Mode) {
        let now = self.mode.lock().expect("a mode");
        drop(self.changed.wait_while(now, |now| *now == mode).expect("a mode"));
    }
}

impl Proxy {
    /// In front of a platform; counts the requests that have `needle` in their head.
    pub(crate) fn new(target: &str, needle: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let target = target.trim_start_matches("http://").to_owned();
        let counted = Arc::new(AtomicUsize::new(0));
        let mode = Arc::new(Switch { mode: Mutex::new(Mode::Pass), changed: Condvar::new() });
        let (catch, caught) = mpsc::channel();
        let proxy = Self { url, counted: Arc::clone(&counted), mode: Arc::clone(&mode), caught };
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if mode.get() == Mode::Refuse {
                    continue;
                }
                let server = TcpStream::connect(&target).expect("the platform");
                let (counted, mode) = (Arc::clone(&counted), Arc::clone(&mode));
                Connection { client, server, needle, counted, mode, caught: catch.clone() }.carry();
            }
        });
        proxy
    }

    pub(crate) fn count(&self) -> usize {
        self.counted.load(Ordering::SeqCst)
    }

    pub(crate) fn set(&self, mode: Mode) {
        self.mode.set(mode);
    }

    /// Waits until a request was held, or an answer swallowed.
    pub(crate) fn catches(&self) {
        self.caught.recv_timeout(std::time::Duration::from_secs(30)).expect("something to catch");
    }
}

impl Connection {
    fn carry(self) {
        let Self { client, server, needle, counted, mode, caught } = self;
        let (mut from, mut to) = (client.try_clone().expect("a clone"), server.try_clone().expect("a clone"));
        let swallow = Arc::new(Mutex::new(false));
        let (swallowed, told) = (Arc::clone(&swallow), caught.clone());
        std::thread::spawn(move || {
            let mut buffer = [0; 16 * 1024];
            while let Ok(read @ 1..) = from.read(&mut buffer) {
                if buffer[..read].windows(needle.len()).any(|part| part == needle.as_bytes()) {
                    counted.fetch_add(1, Ordering::SeqCst);
                    let now = mode.get();
                    *swallow.lock().expect("a flag") = now == Mode::Swallow;
                    if matches!(now, Mode::Hold | Mode::Delay) {
                        let _ = told.send(());
                    }
                    if now == Mode::Hold {
                        continue;
                    }
                    mode.wait_while(Mode::Delay);
                }
                if to.write_all(&buffer[..read]).is_err() {
                    break;
                }
            }
            let _ = to.shutdown(Shutdown::Write);
        });
        std::thread::spawn(move || {
            let (mut from, mut to) = (server, client);
            let mut buffer = [0; 16 * 1024];
            while let Ok(read @ 1..) = from.read(&mut buffer) {
                if *swallowed.lock().expect("a flag") {
                    let _ = caught.send(());
                } else if to.write_all(&buffer[..read]).is_err() {
                    break;
                }
            }
            let _ = to.shutdown(Shutdown::Write);
        });
    }
}
