package main

import (
	"io"
	"log/slog"

	helmcmd "helm.sh/helm/v4/pkg/cmd"
)

// Does what main of Helm 4 does with the arguments of a process.
func runHelm(args []string, stdout, stderr io.Writer) bool {
	command, err := helmcmd.NewRootCmd(stdout, args, helmcmd.SetupLogging)
	if err != nil {
		slog.Warn("command failed", slog.Any("error", err))
		return false
	}
	command.SetArgs(args)
	command.SetOut(stdout)
	command.SetErr(stderr)
	return command.Execute() == nil
}
