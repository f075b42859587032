// Added to Helm's own command (package main of cmd/helm) by scripts/build-helm-servers.mjs: with
// HELM_SERVER set, the program answers one request a line and starts only once for all of them.

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"log"
	"os"
	"syscall"
)

type request struct {
	Args []string `json:"args"`
}

type answer struct {
	OK     bool   `json:"ok"`
	Stdout string `json:"stdout"`
	Stderr string `json:"stderr"`
}

// Helm keeps a little of each command for the process's whole life, so the program starts anew
// after so many.
const requestsPerStart = 250

// Go runs the init functions of a package in the order of its files' names: Helm's are done.
func init() {
	if os.Getenv("HELM_SERVER") == "" {
		return
	}
	stderr, err := os.CreateTemp("", "helm-server-")
	if err != nil {
		log.Fatal(err)
	}
	os.Remove(stderr.Name())
	os.Stderr = stderr
	log.SetOutput(stderr)

	requests := bufio.NewReader(os.Stdin)
	answers := json.NewEncoder(os.Stdout)
	for served := 0; served < requestsPerStart; served++ {
		line, err := requests.ReadBytes('\n')
		if err != nil {
			os.Exit(0)
		}
		if err := answers.Encode(serve(line, stderr)); err != nil {
			os.Exit(1)
		}
	}
	// The next request comes after this answer, so none waits in the reader.
	log.Fatal(syscall.Exec("/proc/self/exe", os.Args, os.Environ()))
}

func serve(line []byte, stderr *os.File) answer {
	var asked request
	if err := json.Unmarshal(line, &asked); err != nil {
		return answer{Stderr: err.Error()}
	}
	var stdout bytes.Buffer
	ok := runHelm(asked.Args, &stdout, stderr)
	return answer{OK: ok, Stdout: stdout.String(), Stderr: takeText(stderr)}
}

// The text that the file holds; it is empty afterwards.
func takeText(file *os.File) string {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err.Error()
	}
	text, err := io.ReadAll(file)
	if err != nil {
		return err.Error()
	}
	if err := file.Truncate(0); err != nil {
		return err.Error()
	}
	file.Seek(0, io.SeekStart)
	return string(text)
}
