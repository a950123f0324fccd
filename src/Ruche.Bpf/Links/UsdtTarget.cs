// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Links;

/// <summary>A static trace point of user space: <c>path:provider:name</c>, or <c>provider:name</c> of a process that is given apart.</summary>
/// <param name="Path">The file, or the name of a library or program that is searched for; empty for the files that a process has mapped.</param>
/// <param name="Provider">Who offers it.</param>
/// <param name="Name">What it is called.</param>
public sealed record UsdtTarget(string Path, string Provider, string Name)
{
    /// <summary>Reads a target as section names write it.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static UsdtTarget Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int name = text.LastIndexOf(':');
        int provider = name > 0 ? text.LastIndexOf(':', name - 1) : -1;
        return name > provider + 1 && name < text.Length - 1
            ? new(provider < 0 ? "" : text[..provider], text[(provider + 1)..name], text[(name + 1)..])
            : throw new FormatException($"'{text}' is no static trace point; write path:provider:name");
    }

    /// <inheritdoc/>
    public override string ToString() => Path.Length == 0 ? $"{Provider}:{Name}" : $"{Path}:{Provider}:{Name}";
}
