package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

type user struct {
	OpenID string `json:"open_id"`
	Name   string `json:"name"`
}

// ready is what the platform writes down when it listens.
type ready struct {
	BaseURL   string `json:"base_url"`
	AppID     string `json:"app_id"`
	AppSecret string `json:"app_secret"`
	ChatID    string `json:"chat_id"`
	Users     []user `json:"users"`
}

// platform is `larkspur serve` with one folder and one address, however often it is started.
type platform struct {
	larkspur, folder, seed string
	process                *exec.Cmd
	ready                  ready
}

func (p *platform) start() {
	file := filepath.Join(p.folder, "ready.json")
	os.Remove(file)
	args := []string{"serve", "--no-rate-limit", "--data", filepath.Join(p.folder, "data"), "--ready-file", file}
	if p.ready.BaseURL == "" {
		args = append(args, "--addr", "127.0.0.1:0", "--seed", p.seed)
	} else {
		args = append(args, "--addr", strings.TrimPrefix(p.ready.BaseURL, "http://"))
	}
	log, err := os.OpenFile(filepath.Join(p.folder, "log"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	must(err)
	defer log.Close()
	p.process = exec.Command(p.larkspur, args...)
	p.process.Stderr = log
	must(p.process.Start())
	waitUntil("the platform is ready", func() bool { _, err := os.Stat(file); return err == nil })
	content, err := os.ReadFile(file)
	must(err)
	must(json.Unmarshal(content, &p.ready))
}

// stop gives what it ended with: a code, or the signal it died of.
func (p *platform) stop(how syscall.Signal) string {
	must(p.process.Process.Signal(how))
	p.process.Wait()
	return p.process.ProcessState.String()
}

// end leaves nothing behind, whatever happened.
func (p *platform) end() {
	if p.process != nil && p.process.ProcessState == nil {
		p.process.Process.Kill()
	}
}

// ask calls the platform's own API, which acts as users and keeps apps.
func (p *platform) ask(method, path string, body, data any) {
	content, err := json.Marshal(body)
	must(err)
	request, err := http.NewRequest(method, p.ready.BaseURL+"/_larkspur/v1/"+path, bytes.NewReader(content))
	must(err)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	must(err)
	defer response.Body.Close()
	answer := struct {
		Code int
		Msg  string
		Data any
	}{Data: data}
	must(json.NewDecoder(response.Body).Decode(&answer))
	if answer.Code != 0 {
		panic(fmt.Sprintf("%s %s: %d %s", method, path, answer.Code, answer.Msg))
	}
}

// command runs the command line against it, as whoever looks after it would.
func (p *platform) command(args ...string) {
	command := exec.Command(p.larkspur, append(args, "--base-url", p.ready.BaseURL)...)
	output, err := command.CombinedOutput()
	if err != nil {
		panic(fmt.Sprintf("%v: %s", err, output))
	}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func waitUntil(what string, condition func() bool) {
	for end := time.Now().Add(60 * time.Second); !condition(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			panic(what + ": not within 60 s")
		}
	}
}
