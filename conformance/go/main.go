// The official Go SDK against the platform: conformance LARKSPUR SEED FOLDER
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"sync"
	"syscall"

	lark "github.com/larksuite/oapi-sdk-go/v3"
	larkcore "github.com/larksuite/oapi-sdk-go/v3/core"
	"github.com/larksuite/oapi-sdk-go/v3/event/dispatcher"
	larkim "github.com/larksuite/oapi-sdk-go/v3/service/im/v1"
	larkws "github.com/larksuite/oapi-sdk-go/v3/ws"
)

// How many messages are sent between one trouble and the next.
const burst = 100

var passed, failed int

func section(name string) { fmt.Printf("\n  %s\n", name) }

// check is one expectation. The story goes on if it does not hold.
func check(name string, condition bool, detail any) {
	if condition {
		passed++
		fmt.Printf("    ok    %s\n", name)
	} else {
		failed++
		fmt.Printf("    FAIL  %s: %v\n", name, detail)
	}
}

// inbox is what handlers got: each message once, and how many came again.
type inbox struct {
	lock  sync.Mutex
	heard map[string]bool
	again int
}

func (i *inbox) handle(_ context.Context, event *larkim.P2MessageReceiveV1) error {
	i.lock.Lock()
	defer i.lock.Unlock()
	if i.heard[*event.Event.Message.MessageId] {
		i.again++
	}
	i.heard[*event.Event.Message.MessageId] = true
	return nil
}

func (i *inbox) hasAll(ids []string) bool {
	i.lock.Lock()
	defer i.lock.Unlock()
	for _, id := range ids {
		if !i.heard[id] {
			return false
		}
	}
	return true
}

func calls(client *lark.Client, p *platform) {
	section("Calls")
	ctx := context.Background()
	send := func(receiveIDType, receiveID, msgType string, content map[string]any) *larkim.CreateMessageResp {
		text, err := json.Marshal(content)
		must(err)
		body := larkim.NewCreateMessageReqBodyBuilder().ReceiveId(receiveID).MsgType(msgType).Content(string(text))
		request := larkim.NewCreateMessageReqBuilder().ReceiveIdType(receiveIDType).Body(body.Build()).Build()
		response, err := client.Im.Message.Create(ctx, request)
		must(err)
		return response
	}
	sent := send("chat_id", p.ready.ChatID, "text", map[string]any{"text": "Water the basil"})
	check("a text", sent.Success() && *sent.Data.ChatId == p.ready.ChatID, sent)
	got, err := client.Im.Message.Get(ctx, larkim.NewGetMessageReqBuilder().MessageId(*sent.Data.MessageId).Build())
	must(err)
	check("a text: what readers get", *got.Data.Items[0].Body.Content == `{"text":"Water the basil"}`, got)

	picture := larkim.NewCreateImageReqBodyBuilder().ImageType("message").Image(strings.NewReader(string(png())))
	uploaded, err := client.Im.Image.Create(ctx, larkim.NewCreateImageReqBuilder().Body(picture.Build()).Build())
	must(err)
	shown := send("open_id", p.ready.Users[2].OpenID, "image", map[string]any{"image_key": *uploaded.Data.ImageKey})
	check("a picture to a user", shown.Success() && *shown.Data.MsgType == "image", shown)

	answer := larkim.NewReplyMessageReqBodyBuilder().MsgType("text").Content(`{"text":"Done"}`).Build()
	reply := larkim.NewReplyMessageReqBuilder().MessageId(*sent.Data.MessageId).Body(answer).Build()
	replied, err := client.Im.Message.Reply(ctx, reply)
	must(err)
	check("an answer", replied.Success() && *replied.Data.ParentId == *sent.Data.MessageId, replied)
	list := larkim.NewListMessageReqBuilder().ContainerIdType("chat").ContainerId(p.ready.ChatID).Build()
	listed, err := client.Im.Message.List(ctx, list)
	must(err)
	check("a list", listed.Success() && len(listed.Data.Items) >= 2, listed)
	refused := send("open_id", "ou_"+strings.Repeat("0", 32), "text", map[string]any{"text": "hello"})
	check("a text to nobody: 230034", refused.Code == 230034 && refused.RequestId() != "", refused)
}

func losing(p *platform, box *inbox) {
	section(fmt.Sprintf("%d messages, with a kick, a restart and a crash", 4*burst))
	var ids []string
	talk := func() {
		for number := 0; number < burst; number++ {
			var said struct {
				MessageID string `json:"message_id"`
			}
			by := map[string]any{"user": p.ready.Users[0].OpenID, "chat_id": p.ready.ChatID}
			by["text"] = fmt.Sprint(number)
			p.ask("POST", "act/send", by, &said)
			ids = append(ids, said.MessageID)
		}
	}
	heardAll := func() bool { return box.hasAll(ids) }
	connected := func() bool {
		var list struct{ Items []any }
		p.ask("GET", "apps/"+p.ready.AppID+"/connections", nil, &list)
		return len(list.Items) == 1
	}
	waitUntil("it is connected", connected)
	talk()
	waitUntil("it has heard them", heardAll)
	check("all of the first are heard", true, "")

	p.command("platform", "connection", "delete", "--app-id", p.ready.AppID)
	talk()
	waitUntil("it is connected again", connected)
	waitUntil("it has heard them", heardAll)
	check("a kick: connected again, none lost", true, "")

	for _, how := range []syscall.Signal{syscall.SIGTERM, syscall.SIGKILL} {
		ended := p.stop(how)
		p.start()
		talk()
		waitUntil("it is connected again", connected)
		waitUntil("it has heard them", heardAll)
		check(fmt.Sprintf("%s (%s): connected again, none lost", how, ended), true, "")
	}

	var deliveries struct {
		Ledger struct{ Created, Delivered, Pending, Expired int }
	}
	settled := func() bool {
		p.ask("GET", "deliveries?app_id="+p.ready.AppID, nil, &deliveries)
		return deliveries.Ledger.Pending == 0
	}
	waitUntil("nothing is on its way", settled)
	ledger := deliveries.Ledger
	check("the ledger: all delivered, none expired", ledger.Delivered == len(ids) && ledger.Expired == 0, ledger)
	fmt.Printf("          %d came twice, as they may\n", box.again)
}

func main() {
	p := &platform{larkspur: os.Args[1], seed: os.Args[2], folder: os.Args[3]}
	defer func() {
		if failure := recover(); failure != nil {
			check("the story was told to its end", false, failure)
		}
		p.end()
		fmt.Printf("\n  Go: %d checks passed, %d failed\n", passed, failed)
		if failed > 0 {
			os.Exit(1)
		}
	}()
	fmt.Println("Go, oapi-sdk-go")
	p.start()
	// The SDK answers an event that it has no handler for with a failure, and would be sent it again.
	only := map[string]any{"events": []string{"im.message.receive_v1"}}
	p.ask("PATCH", "apps/"+p.ready.AppID, only, nil)

	client := lark.NewClient(p.ready.AppID, p.ready.AppSecret, lark.WithOpenBaseUrl(p.ready.BaseURL))
	calls(client, p)

	box := &inbox{heard: map[string]bool{}}
	handler := dispatcher.NewEventDispatcher("", "").OnP2MessageReceiveV1(box.handle)
	listener := larkws.NewClient(p.ready.AppID, p.ready.AppSecret, larkws.WithEventHandler(handler),
		larkws.WithDomain(p.ready.BaseURL), larkws.WithLogLevel(larkcore.LogLevelError))
	go listener.Start(context.Background())
	losing(p, box)

	ended := p.stop(syscall.SIGTERM)
	check("SIGTERM ends the platform with 0", ended == "exit status 0", ended)
}

// png is the smallest picture there is: one white pixel.
func png() []byte {
	return []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00\x3a\x7e\x9b\x55" +
		"\x00\x00\x00\nIDAT\x78\x9c\x63\xf8\x0f\x00\x01\x01\x01\x00\x1b\xb6\xee\x56\x00\x00\x00\x00IEND\xaeB`\x82")
}
