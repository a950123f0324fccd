// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Elf;
using Ruche.Bpf.Objects.Specs.Reading;

namespace Ruche.Bpf.Objects.Specs;

public sealed partial record ObjectSpec
{
    /// <summary>Reads a compiled object. Depends on nothing but the bytes.</summary>
    /// <exception cref="InvalidObjectException">The bytes are no usable eBPF object; the diagnostics say why.</exception>
    public static ObjectSpec Read(ReadOnlyMemory<byte> image, string name = "object")
    {
        ArgumentNullException.ThrowIfNull(name);
        DiagnosticBag diagnostics = new();
        var spec = new ObjectReader(ElfFile.Read(image, name), name, diagnostics).Read();
        diagnostics.ThrowIfErrors();
        return spec;
    }

    /// <summary>Reads a compiled object; <paramref name="diagnostics"/> has what was found, warnings included.</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> image, string name, [NotNullWhen(true)] out ObjectSpec? spec, out DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(name);
        diagnostics = new();
        spec = null;
        try
        {
            var read = new ObjectReader(ElfFile.Read(image, name), name, diagnostics).Read();
            if (!diagnostics.HasErrors) spec = read;
        }
        catch (InvalidObjectException e)
        {
            foreach (var diagnostic in e.Diagnostics) diagnostics.Report(diagnostic);
        }

        return spec is not null;
    }

    /// <summary>Reads a compiled object from a file; its name is the file's without <c>.bpf.o</c> or <c>.o</c>.</summary>
    /// <exception cref="InvalidObjectException">The file is no usable eBPF object; the diagnostics say why.</exception>
    public static ObjectSpec ReadFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string name = Path.GetFileName(path);
        foreach (string suffix in (string[])[".o", ".bpf", ".elf"])
        {
            if (name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal)) name = name[..^suffix.Length];
        }

        return Read(File.ReadAllBytes(path), name);
    }
}
