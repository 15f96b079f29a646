import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** `larkspur serve` with one folder and one address, however often it is started. */
final class Platform {
    private static final Gson GSON = new Gson();
    private final HttpClient http = HttpClient.newHttpClient();
    private final String larkspur;
    private final String seed;
    private final Path folder;
    private Process process;
    JsonObject ready;

    Platform(String larkspur, String seed, String folder) {
        this.larkspur = larkspur;
        this.seed = seed;
        this.folder = Path.of(folder);
    }

    void start() throws IOException {
        Path file = folder.resolve("ready.json");
        Files.deleteIfExists(file);
        List<String> command = new ArrayList<>(List.of(larkspur, "serve", "--no-rate-limit"));
        command.addAll(List.of("--data", folder.resolve("data").toString(), "--ready-file", file.toString()));
        command.addAll(ready == null
                ? List.of("--addr", "127.0.0.1:0", "--seed", seed)
                : List.of("--addr", URI.create(baseUrl()).getAuthority()));
        process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
        waitUntil("the platform is ready", () -> Files.exists(file));
        ready = GSON.fromJson(Files.readString(file), JsonObject.class);
    }

    String baseUrl() {
        return text("base_url");
    }

    String text(String field) {
        return ready.get(field).getAsString();
    }

    String user(int number, String field) {
        return ready.getAsJsonArray("users").get(number).getAsJsonObject().get(field).getAsString();
    }

    /** Ends it with SIGTERM, or with SIGKILL, and gives what it ended with. */
    int stop(boolean atOnce) throws InterruptedException {
        if (atOnce) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
        return process.waitFor();
    }

    /** Leaves nothing behind, whatever happened. */
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /** Calls the platform's own API, which acts as users and keeps apps. */
    JsonObject ask(String method, String path, Object body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(baseUrl() + "/_larkspur/v1/" + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(GSON.toJson(body)))
                .build();
        try {
            String answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            JsonObject whole = GSON.fromJson(answer, JsonObject.class);
            if (whole.get("code").getAsInt() != 0) {
                throw new IllegalStateException(method + " " + path + ": " + answer);
            }
            return whole.getAsJsonObject("data");
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        } catch (InterruptedException error) {
            throw new IllegalStateException(error);
        }
    }

    /** Runs the command line against it, as whoever looks after it would. */
    int command(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(larkspur));
        command.addAll(List.of(args));
        command.addAll(List.of("--base-url", baseUrl()));
        return new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }

    static void waitUntil(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(what + ": not within 60 s");
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException error) {
                throw new IllegalStateException(error);
            }
        }
    }
}
