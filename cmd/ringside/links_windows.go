package main

import (
	"errors"
	"os"
	"slices"
	"strings"

	"golang.org/x/sys/windows/registry"
)

const classes = `Software\Classes\`

func register(schemes []string) error {
	self, err := os.Executable()
	if err != nil {
		return cannotLink(classes, err)
	}
	for _, scheme := range schemes {
		if err := registerOne(scheme, command(self)); err != nil {
			return cannotLink(classes+scheme, err)
		}
	}
	return nil
}

func command(self string) string { return `"` + self + `" "%1"` }

func registerOne(scheme, command string) error {
	root, _, err := registry.CreateKey(registry.CURRENT_USER, classes+scheme, registry.SET_VALUE)
	if err != nil {
		return err
	}
	defer root.Close()
	if err := errors.Join(root.SetStringValue("", "URL:"+scheme), root.SetStringValue("URL Protocol", "")); err != nil {
		return err
	}
	open, _, err := registry.CreateKey(registry.CURRENT_USER, classes+scheme+`\shell\open\command`, registry.SET_VALUE)
	if err != nil {
		return err
	}
	defer open.Close()
	return open.SetStringValue("", command)
}

func unregister() error {
	schemes, err := registered()
	for _, scheme := range schemes {
		for _, key := range []string{`\shell\open\command`, `\shell\open`, `\shell`, ``} {
			if gone := registry.DeleteKey(registry.CURRENT_USER, classes+scheme+key); gone != nil && !errors.Is(gone, registry.ErrNotExist) {
				err = errors.Join(err, cannotLink(classes+scheme, gone))
			}
		}
	}
	return err
}

func registered() (schemes []string, err error) {
	self, err := os.Executable()
	if err != nil {
		return nil, cannotLink(classes, err)
	}
	for _, scheme := range append([]string{ownScheme}, telSchemes...) {
		key, err := registry.OpenKey(registry.CURRENT_USER, classes+scheme+`\shell\open\command`, registry.QUERY_VALUE)
		if err != nil {
			continue // nobody has it
		}
		said, _, err := key.GetStringValue("")
		key.Close()
		if err == nil && strings.EqualFold(said, command(self)) {
			schemes = append(schemes, scheme)
		}
	}
	slices.Sort(schemes)
	return schemes, nil
}
