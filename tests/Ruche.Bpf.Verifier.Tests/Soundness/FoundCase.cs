// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Verifier.Tests.Soundness;

/// <summary>
/// A short program about which Ruche and the kernel have disagreed. Wide loads in its text: <c>values</c> is a map of one value, <c>first</c>
/// the place of that value, <c>many</c> the place of the first value of a map of several, <c>other</c> and <c>another</c> the addresses of
/// functions.
/// </summary>
/// <param name="Name">What it is about.</param>
/// <param name="IsAccepted">Whether the kernel takes it.</param>
/// <param name="Text">The instructions.</param>
internal sealed record FoundCase(string Name, bool IsAccepted, string Text)
{
    private const int ValueSize = 64;

    /// <summary>Whether it is a socket filter, loaded without privileges.</summary>
    public bool IsUnprivileged { get; init; }

    /// <summary>The program as an object.</summary>
    public ObjectSpec ToObject()
    {
        const string Wide = "0x0 ll";
        List<Reference> references = [];
        List<string> lines = [];
        int slot = 0;
        foreach (string line in Text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.EndsWith("= many", StringComparison.Ordinal)) references.Add(new Reference.MapValue(slot, "many", 0));
            else if (line.EndsWith("= first", StringComparison.Ordinal)) references.Add(new Reference.MapValue(slot, "values", 0));
            else if (line.EndsWith("= values", StringComparison.Ordinal)) references.Add(new Reference.Map(slot, "values"));
            else if (line.EndsWith("other", StringComparison.Ordinal)) references.Add(new Reference.FunctionAddress(slot, line[(line.LastIndexOf(' ') + 1)..]));
            else
            {
                lines.Add(line);
                slot += line.EndsWith(" ll", StringComparison.Ordinal) ? 2 : 1;
                continue;
            }

            lines.Add($"{line[..line.LastIndexOf(' ')]} {Wide}");
            slot += 2;
        }

        var code = Assembler.Assemble(string.Join('\n', lines));
        foreach (var reference in references.OfType<Reference.FunctionAddress>()) code[reference.Slot] = code[reference.Slot].WithSource((Register)WideSource.Function);
        string section = IsUnprivileged ? "socket" : "xdp";
        BtfBuilder types = new();
        int number = types.Add(new BtfType.Int(sizeof(ulong), IntEncoding.None, 0, 64) { Name = "u64" });
        int prototype = types.Add(new BtfType.FunctionPrototype(number, []));
        var entry = Function("main", code, references);
        var functions = new Dictionary<string, FunctionSpec> { ["main"] = entry };
        foreach (string name in new[] { "other", "another" }) functions.Add(name, Function(name, Assembler.Assemble("r0 = 0\nexit"), []));
        return new()
        {
            Name = "found",
            ByteOrder = ByteOrder.Little,
            License = "Dual MIT/GPL",
            Btf = types.Build(),
            Maps =
            [
                new() { Name = "values", Type = MapType.Array, KeySize = sizeof(uint), ValueSize = ValueSize, MaxEntries = 1 },
                new() { Name = "many", Type = MapType.Array, KeySize = sizeof(uint), ValueSize = ValueSize, MaxEntries = 4 },
            ],
            Programs = [new() { Name = "main", Section = section, Entry = entry, Type = IsUnprivileged ? ProgramType.SocketFilter : ProgramType.Xdp }],
            Functions = functions,
        };

        FunctionSpec Function(string name, Instruction[] instructions, List<Reference> references) => new()
        {
            Name = name,
            Section = name == "main" ? section : ".text",
            Instructions = [.. instructions],
            References = [.. references],
            Type = types.Add(new BtfType.Function(prototype, BtfLinkage.Static) { Name = name }),
        };
    }
}
