package main

import (
	"io"
	"log"
	"os"

	"github.com/spf13/cobra"
	"helm.sh/helm/v3/pkg/action"
)

var configuration *action.Configuration

func init() {
	cobra.OnInitialize(func() {
		getter, driver := settings.RESTClientGetter(), os.Getenv("HELM_DRIVER")
		if err := configuration.Init(getter, settings.Namespace(), driver, debug); err != nil {
			log.Fatal(err)
		}
	})
}

// Does what main of Helm 3 does with the arguments of a process.
func runHelm(args []string, stdout, stderr io.Writer) bool {
	configuration = new(action.Configuration)
	command, err := newRootCmd(configuration, stdout, args)
	if err != nil {
		warning("%+v", err)
		return false
	}
	command.SetArgs(args)
	command.SetOut(stdout)
	command.SetErr(stderr)
	return command.Execute() == nil
}
