// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.RegularExpressions;

namespace Ruche.Bpf.Verifier.Explanations;

/// <summary>What a register holds, in words: from the kernel's <c>scalar(umax=255)</c> to "a number from 0 to 255".</summary>
internal static partial class RegisterWords
{
    private const string OrNull = ", or null";

    private static readonly Dictionary<string, string> Names = new()
    {
        ["scalar"] = "a number",
        ["inv"] = "a number",
        ["ctx"] = "the context",
        ["map_ptr"] = "a map",
        ["map_value"] = "a pointer to a map value",
        ["map_key"] = "a pointer to a map key",
        ["fp"] = "a pointer to the stack",
        ["pkt"] = "a pointer into the packet",
        ["pkt_meta"] = "a pointer to the packet's metadata",
        ["pkt_end"] = "the end of the packet",
        ["flow_keys"] = "the flow keys",
        ["sock"] = "a socket",
        ["sock_common"] = "a socket",
        ["tcp_sock"] = "a TCP socket",
        ["xdp_sock"] = "an XDP socket",
        ["tp_buffer"] = "the trace point's buffer",
        ["mem"] = "a pointer to memory",
        ["ringbuf_mem"] = "a record of a ring buffer",
        ["alloc_mem"] = "a record of a ring buffer",
        ["rdonly_mem"] = "a pointer to memory that may only be read",
        ["rdonly_untrusted_mem"] = "a pointer to memory that may only be read, perhaps a bad one",
        ["buf"] = "a buffer",
        ["rdonly_buf"] = "a buffer that may only be read",
        ["rdwr_buf"] = "a buffer",
        ["func"] = "a function of the program",
        ["insn"] = "an instruction's address",
        ["arena"] = "a pointer into an arena",
        ["dynptr_ptr"] = "a dynptr",
        ["iter"] = "an iterator",
        ["ptr_"] = "a pointer to an object of the kernel",
        ["trusted_ptr_"] = "a trusted pointer to an object of the kernel",
        ["untrusted_ptr_"] = "an untrusted pointer to an object of the kernel",
        ["rcu_ptr_"] = "a pointer to an object of the kernel, under RCU",
        ["percpu_ptr_"] = "a pointer to a per-CPU variable",
        ["percpu_rcu_ptr_"] = "a pointer to a per-CPU variable",
        ["percpu_trusted_ptr_"] = "a pointer to a per-CPU variable",
        ["?"] = "nothing yet",
    };

    /// <summary>A type as the kernel names it.</summary>
    public static string Kind(string name)
    {
        name = name.Trim();
        if (Names.TryGetValue(name, out string? words)) return words;
        if (name.EndsWith("_or_null", StringComparison.Ordinal)) return Kind(name[..^"_or_null".Length]) + OrNull;
        int or = name.IndexOf("or_null_", StringComparison.Ordinal);
        if (or > 0 && name[..or] is var head && Names.TryGetValue(head, out words)) return $"{words}{Object(name[(or + 8)..])}, or null";
        int pointer = name.IndexOf("ptr_", StringComparison.Ordinal);
        return pointer >= 0 && Names.TryGetValue(name[..(pointer + 4)], out words) ? $"{words}{Object(name[(pointer + 4)..])}" : $"'{name}'";
    }

    /// <summary>Types as the kernel lists them.</summary>
    public static string Kinds(string list)
    {
        string[] kinds = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (kinds.Contains("fp") && kinds.Contains("map_value") && kinds.Contains("mem")) return "a pointer to memory: the stack, a map value, a packet or a buffer";
        string[] names = [.. kinds.Select(Kind).Distinct()];
        return names.Length < 2 ? string.Concat(names) : $"{string.Join(", ", names[..^1])} or {names[^1]}";
    }

    /// <summary>What the kernel's log says about a register; empty when it says nothing that helps.</summary>
    public static string Value(string state)
    {
        state = state.StartsWith('P') ? state[1..] : state;
        if (Number().Match(state) is { Success: true } constant) return $"the number {constant.Groups[1].Value}";
        if (Frame().Match(state) is { Success: true } frame) return frame.Groups[1].Length == 0 ? "the frame pointer" : $"a pointer to the stack at fp{frame.Groups[1].Value}";
        int open = state.IndexOf('(', StringComparison.Ordinal);
        string name = open < 0 ? state : state[..open];
        string facts = open < 0 ? "" : state[open..];
        if (name is "scalar" or "inv" or "invP") return $"a number{Range(facts)}";
        string kind = Kind(name);
        if (kind.StartsWith('\'')) return "";
        return kind.EndsWith(OrNull, StringComparison.Ordinal) ? $"{kind[..^OrNull.Length]}{Map(facts)}{OrNull}" : kind + Map(facts);
    }

    /// <summary>A value that a program returns, as the kernel complains about it.</summary>
    public static string Returned(string state)
    {
        if (state.Trim() is "unknown scalar value") return "any number";
        if (Bounds().Match(state.Trim()) is not { Success: true } bounds) return state.Trim();
        return bounds.Groups[1].Value == bounds.Groups[2].Value ? bounds.Groups[1].Value : $"{bounds.Groups[1].Value} to {bounds.Groups[2].Value}";
    }

    private static string Object(string name) => name.Length == 0 ? "" : $" ({name})";

    private static string Map(string facts)
    {
        const string Begin = "map=";
        int start = facts.IndexOf(Begin, StringComparison.Ordinal);
        if (start < 0) return "";
        var name = facts.AsSpan(start + Begin.Length);
        if (name.IndexOfAny(',', ')') is >= 0 and var end) name = name[..end];
        return name.IsEmpty ? "" : $" of '{name}'";
    }

    private static string Range(string facts)
    {
        long? low = Bound(facts, "smin"), high = Bound(facts, "smax");
        ulong? top = Unsigned(facts, "umax");
        ulong? bottom = Unsigned(facts, "umin");
        if (low is < 0 || (low is null && top is null)) return top is null && (low ?? high) is null ? " of any size" : $" from {Text(low, "any negative one")} to {Text(high, "any size")}";
        string from = (bottom ?? (ulong)(low ?? 0)).ToString(CultureInfo.InvariantCulture);
        string to = top is { } limit ? limit.ToString(CultureInfo.InvariantCulture) : Text(high, "any size");
        return $" from {from} to {to}";
    }

    private static string Text(long? bound, string none) => bound?.ToString(CultureInfo.InvariantCulture) ?? none;

    // Facts are written `smin=smin32=0,smax=umax=umax32=255` since 6.8, and `smin_value=0` before 6.0.
    private static string? Fact(string facts, string name)
    {
        foreach (string fact in facts.Trim('(', ')').Split(','))
        {
            int last = fact.LastIndexOf('=');
            if (last <= 0) continue;
            foreach (string key in fact[..last].Split('='))
                if (key.Trim() == name || key.Trim() == name + "_value") return fact[(last + 1)..];
        }

        return null;
    }

    private static long? Bound(string facts, string name) =>
        Fact(facts, name) is { } text && TryRead(text, out Int128 value) ? (long)Int128.Clamp(value, long.MinValue, long.MaxValue) : null;

    private static ulong? Unsigned(string facts, string name) =>
        Fact(facts, name) is { } text && TryRead(text, out Int128 value) ? (ulong)Int128.Clamp(value, 0, ulong.MaxValue) : null;

    private static bool TryRead(string text, out Int128 value) => text.StartsWith("0x", StringComparison.Ordinal)
        ? Int128.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
        : Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    [GeneratedRegex(@"^(?:inv|invP|scalar)?(-?\d+|0x[0-9a-f]+)$")]
    private static partial Regex Number();

    [GeneratedRegex(@"^fp(?:\[\d+\])?(-\d+)?0?(?:\(|$)")]
    private static partial Regex Frame();

    [GeneratedRegex(@"^smin=(-?\w+) smax=(-?\w+)$")]
    private static partial Regex Bounds();
}
