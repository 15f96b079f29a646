import com.google.gson.JsonObject;
import com.lark.oapi.Client;
import com.lark.oapi.event.EventDispatcher;
import com.lark.oapi.service.im.ImService;
import com.lark.oapi.service.im.v1.model.CreateImageReq;
import com.lark.oapi.service.im.v1.model.CreateImageReqBody;
import com.lark.oapi.service.im.v1.model.CreateMessageReq;
import com.lark.oapi.service.im.v1.model.CreateMessageReqBody;
import com.lark.oapi.service.im.v1.model.CreateMessageResp;
import com.lark.oapi.service.im.v1.model.GetMessageReq;
import com.lark.oapi.service.im.v1.model.ListMessageReq;
import com.lark.oapi.service.im.v1.model.P2MessageReceiveV1;
import com.lark.oapi.service.im.v1.model.ReplyMessageReq;
import com.lark.oapi.service.im.v1.model.ReplyMessageReqBody;
import java.io.File;
import java.nio.file.Path;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The official Java SDK against the platform: Story LARKSPUR SEED FOLDER */
public final class Story {
    /** How many messages are sent between one trouble and the next. */
    private static final int BURST = 100;

    private static int passed;
    private static int failed;
    private static final Set<String> HEARD = ConcurrentHashMap.newKeySet();
    private static final AtomicInteger AGAIN = new AtomicInteger();

    private static void section(String name) {
        System.out.println("\n  " + name);
    }

    /** One expectation. The story goes on if it does not hold. */
    private static void check(String name, boolean condition, Object detail) {
        if (condition) {
            passed += 1;
            System.out.println("    ok    " + name);
        } else {
            failed += 1;
            System.out.println("    FAIL  " + name + ": " + detail);
        }
    }

    private static CreateMessageResp send(Client client, String idType, String id, String type, String content)
            throws Exception {
        CreateMessageReqBody body =
                CreateMessageReqBody.newBuilder().receiveId(id).msgType(type).content(content).build();
        CreateMessageReq request =
                CreateMessageReq.newBuilder().receiveIdType(idType).createMessageReqBody(body).build();
        return client.im().message().create(request);
    }

    private static void calls(Client client, Platform platform, File picture) throws Exception {
        section("Calls");
        String group = platform.text("chat_id");
        var sent = send(client, "chat_id", group, "text", "{\"text\":\"Water the basil\"}");
        check("a text", sent.success() && sent.getData().getChatId().equals(group), sent.getMsg());
        String id = sent.getData().getMessageId();
        var got = client.im().message().get(GetMessageReq.newBuilder().messageId(id).build());
        String read = got.getData().getItems()[0].getBody().getContent();
        check("a text: what readers get", read.equals("{\"text\":\"Water the basil\"}"), read);

        var image = CreateImageReqBody.newBuilder().imageType("message").image(picture).build();
        var uploaded = client.im().image().create(CreateImageReq.newBuilder().createImageReqBody(image).build());
        String key = "{\"image_key\":\"" + uploaded.getData().getImageKey() + "\"}";
        var shown = send(client, "open_id", platform.user(2, "open_id"), "image", key);
        check("a picture to a user", shown.success(), shown.getMsg());

        var answer = ReplyMessageReqBody.newBuilder().msgType("text").content("{\"text\":\"Done\"}").build();
        var replied = client.im().message()
                .reply(ReplyMessageReq.newBuilder().messageId(id).replyMessageReqBody(answer).build());
        check("an answer", replied.success() && replied.getData().getParentId().equals(id), replied.getMsg());
        var listed = client.im().message()
                .list(ListMessageReq.newBuilder().containerIdType("chat").containerId(group).build());
        check("a list", listed.success() && listed.getData().getItems().length >= 2, listed.getMsg());
        var refused = send(client, "open_id", "ou_" + "0".repeat(32), "text", "{\"text\":\"hello\"}");
        check("a text to nobody: 230034", refused.getCode() == 230034, refused.getCode());
    }

    private static void losing(Platform platform) throws Exception {
        section(4 * BURST + " messages, with a kick, a restart and a crash");
        String app = platform.text("app_id");
        List<String> ids = new ArrayList<>();
        Runnable talk = () -> {
            for (int number = 0; number < BURST; number += 1) {
                var said = Map.of("user", platform.user(0, "open_id"), "chat_id", platform.text("chat_id"),
                        "text", Integer.toString(number));
                ids.add(platform.ask("POST", "act/send", said).get("message_id").getAsString());
            }
        };
        Runnable hears = () -> {
            Platform.waitUntil("it is connected", () ->
                    platform.ask("GET", "apps/" + app + "/connections", null).getAsJsonArray("items").size() == 1);
            Platform.waitUntil("it has heard them", () -> HEARD.containsAll(ids));
        };
        talk.run();
        hears.run();
        check("all of the first are heard", true, "");

        int kicked = platform.command("platform", "connection", "delete", "--app-id", app);
        talk.run();
        hears.run();
        check("a kick: connected again, none lost", kicked == 0, kicked);
        for (boolean atOnce : new boolean[] {false, true}) {
            int ended = platform.stop(atOnce);
            platform.start();
            talk.run();
            hears.run();
            check((atOnce ? "SIGKILL" : "SIGTERM") + " (" + ended + "): connected again, none lost", true, "");
        }

        String path = "deliveries?app_id=" + app;
        Platform.waitUntil("nothing is on its way", () ->
                platform.ask("GET", path, null).getAsJsonObject("ledger").get("pending").getAsInt() == 0);
        JsonObject ledger = platform.ask("GET", path, null).getAsJsonObject("ledger");
        boolean all = ledger.get("delivered").getAsInt() == ids.size() && ledger.get("expired").getAsInt() == 0;
        check("the ledger: all delivered, none expired", all, ledger);
        System.out.println("          " + AGAIN + " came twice, as they may");
    }

    private static void story(Platform platform, File picture) throws Exception {
        platform.start();
        String app = platform.text("app_id");
        String secret = platform.text("app_secret");
        // The SDK answers an event that it has no handler for with a failure, and would be sent it again.
        platform.ask("PATCH", "apps/" + app, Map.of("events", List.of("im.message.receive_v1")));
        calls(Client.newBuilder(app, secret).openBaseUrl(platform.baseUrl()).build(), platform, picture);

        var handler = EventDispatcher.newBuilder("", "")
                .onP2MessageReceiveV1(new ImService.P2MessageReceiveV1Handler() {
                    @Override
                    public void handle(P2MessageReceiveV1 event) {
                        if (!HEARD.add(event.getEvent().getMessage().getMessageId())) {
                            AGAIN.incrementAndGet();
                        }
                    }
                })
                .build();
        new com.lark.oapi.ws.Client.Builder(app, secret)
                .eventHandler(handler)
                .domain(platform.baseUrl())
                .build()
                .start();
        losing(platform);
        int ended = platform.stop(false);
        check("SIGTERM ends the platform with 0", ended == 0, ended);
    }

    public static void main(String[] args) {
        System.out.println("Java, oapi-sdk");
        Platform platform = new Platform(args[0], args[1], args[2]);
        try {
            story(platform, Path.of(args[1]).resolveSibling("fixtures").resolve("gradient.png").toFile());
        } catch (Exception error) {
            error.printStackTrace(System.out);
            check("the story was told to its end", false, error);
        }
        platform.end();
        System.out.println("\n  Java: " + passed + " checks passed, " + failed + " failed");
        // Threads of the SDK have no end of their own.
        System.exit(failed == 0 ? 0 : 1);
    }
}
