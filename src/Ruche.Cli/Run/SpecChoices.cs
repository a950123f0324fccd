// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Globalization;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Cli.Run;

/// <summary>Applies to specs what the command line chose: which programs, and which values of globals.</summary>
internal static class SpecChoices
{
    /// <summary>The specs with <paramref name="programs"/> only, and with <paramref name="globals"/> set. Every name must be known to one of them.</summary>
    public static IReadOnlyList<ObjectSpec> Apply(IReadOnlyList<ObjectSpec> specs, IReadOnlyList<string> programs, IReadOnlyList<string> globals)
    {
        foreach (string name in programs) Require(name, "program", specs.SelectMany(spec => spec.Programs).Select(program => program.Name));
        IReadOnlyList<ObjectSpec> chosen = [.. specs.Select(spec => Choose(spec, programs))];
        foreach (string assignment in globals) chosen = Assign(chosen, assignment);
        return chosen;
    }

    private static ObjectSpec Choose(ObjectSpec spec, IReadOnlyList<string> programs) => programs.Count == 0 ? spec : spec with
    {
        Programs = [.. spec.Programs.Select(program => program with { AutoLoad = programs.Contains(program.Name) })],
    };

    private static IReadOnlyList<ObjectSpec> Assign(IReadOnlyList<ObjectSpec> specs, string assignment)
    {
        if (assignment.Split('=', 2) is not [var name, var value] || name.Length == 0)
            throw new CommandFailure(ExitCode.Usage, $"--set '{assignment}': write NAME=VALUE");
        Require(name, "global variable", specs.SelectMany(spec => spec.Globals.Keys));
        return [.. specs.Select(spec => spec.Globals.TryGetValue(name, out GlobalSpec? global) ? WithGlobal(spec, global, Encode(global, value)) : spec)];
    }

    private static ObjectSpec WithGlobal(ObjectSpec spec, GlobalSpec global, byte[] value) => spec with
    {
        Maps = [.. spec.Maps.Select(map => map.Name != global.Map ? map : map with
        {
            Contents = [.. map.Contents.AsSpan()[..global.Offset], .. value, .. map.Contents.AsSpan()[(global.Offset + value.Length)..]],
        })],
    };

    private static byte[] Encode(GlobalSpec global, string value)
    {
        if (global.Size is not (1 or 2 or 4 or 8))
            throw new CommandFailure(ExitCode.Usage, $"--set '{global.Name}': it has {global.Size} bytes; only integers and booleans can be set");
        byte[] bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Parse(global, value));
        return bytes[..global.Size];
    }

    private static ulong Parse(GlobalSpec global, string value)
    {
        int bits = global.Size * 8;
        if (value is "true" or "false") return value is "true" ? 1UL : 0;
        if (value.StartsWith("0x", StringComparison.Ordinal) && ulong.TryParse(value.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong hex)
            && hex >> (bits - 1) <= 1) return hex;
        if (Int128.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out Int128 number)
            && number >= -((Int128)1 << (bits - 1)) && number < (Int128)1 << bits) return unchecked((ulong)number);
        throw new CommandFailure(ExitCode.Usage, $"--set '{global.Name}': '{value}' is no integer of {bits} bits");
    }

    private static void Require(string name, string kind, IEnumerable<string> known)
    {
        string[] names = [.. known.Distinct().Order(StringComparer.Ordinal)];
        if (!names.Contains(name)) throw new CommandFailure(ExitCode.Usage, $"there is no {kind} '{name}'; there are: {(names.Length == 0 ? "none" : string.Join(", ", names))}");
    }
}
