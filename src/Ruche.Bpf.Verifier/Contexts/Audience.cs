// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Verifier.Contexts;

/// <summary>The programs that may do something to a field: those of some types, or those attached to some hooks.</summary>
internal readonly record struct Audience
{
    private readonly ulong _programs;
    private readonly ulong _hooks;

    private Audience(ulong programs, ulong hooks) => (_programs, _hooks) = (programs, hooks);

    /// <summary>No program.</summary>
    public static Audience Nobody => default;

    /// <summary>Every program that has the context.</summary>
    public static Audience Everyone { get; } = new(ulong.MaxValue, 0);

    /// <summary>Whether it is no program at all.</summary>
    public bool IsNobody => _programs == 0 && _hooks == 0;

    /// <summary>Programs of some types.</summary>
    public static Audience Of(params ReadOnlySpan<ProgramType> types)
    {
        ulong programs = 0;
        foreach (ProgramType type in types) programs |= 1UL << (int)type;
        return new Audience(programs, 0);
    }

    /// <summary>Programs attached to some hooks.</summary>
    public static Audience Of(params ReadOnlySpan<AttachType> hooks)
    {
        ulong attached = 0;
        foreach (AttachType hook in hooks) attached |= 1UL << (int)hook;
        return new Audience(0, attached);
    }

    /// <summary>Whoever belongs to one or to the other.</summary>
    public static Audience operator |(Audience left, Audience right) => new(left._programs | right._programs, left._hooks | right._hooks);

    /// <summary>Whether a program belongs to it.</summary>
    public bool Admits(ProgramType type, AttachType? attach) => Has(_programs, (int)type) || (attach is { } hook && Has(_hooks, (int)hook));

    /// <summary>What the refused program is called: by its hook when hooks are what matters, by its type otherwise.</summary>
    public string NameRefused(ProgramType type, AttachType? attach) => _hooks == 0
        ? ProgramWords.Singular(type)
        : attach is { } hook ? ProgramWords.Singular(hook) : "a program that does not say what it is attached to";

    /// <summary>All of them, for people: "tc, cgroup_skb and lwt programs".</summary>
    public override string ToString()
    {
        List<string> names = [];
        for (int bit = 0; bit < 64; bit++)
        {
            if (Has(_programs, bit)) names.Add(ProgramWords.Of((ProgramType)bit));
            if (Has(_hooks, bit)) names.Add(ProgramWords.Of((AttachType)bit));
        }

        string[] distinct = [.. names.Distinct()];
        string list = distinct.Length < 2 ? distinct.FirstOrDefault("no") : $"{string.Join(", ", distinct[..^1])} and {distinct[^1]}";
        return $"{list} programs";
    }

    private static bool Has(ulong set, int bit) => bit < 64 && ((set >> bit) & 1) != 0;
}
