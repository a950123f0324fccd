// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bench.Verdicts;

/// <summary>
/// What the kernel's selftests say about a program of theirs, in tags of its function: <c>comment:12:test_expect_failure</c>, without the
/// number in older ones.
/// </summary>
internal sealed class ProgramTags
{
    private const string Mark = "comment:";

    private static readonly Dictionary<string, ProgramFlags> FlagNames = new(StringComparer.Ordinal)
    {
        ["BPF_F_STRICT_ALIGNMENT"] = ProgramFlags.StrictAlignment,
        ["BPF_F_ANY_ALIGNMENT"] = ProgramFlags.AnyAlignment,
        ["BPF_F_TEST_RND_HI32"] = ProgramFlags.TestRandomHigh32,
        ["BPF_F_TEST_STATE_FREQ"] = ProgramFlags.TestStateFrequency,
        ["BPF_F_SLEEPABLE"] = ProgramFlags.Sleepable,
        ["BPF_F_XDP_HAS_FRAGS"] = ProgramFlags.XdpHasFragments,
        ["BPF_F_TEST_REG_INVARIANTS"] = ProgramFlags.TestRegisterInvariants,
    };

    private ProgramTags(IReadOnlyList<string> all) => All = all;

    /// <summary>The tags, in the order of the source.</summary>
    public IReadOnlyList<string> All { get; }

    /// <summary><c>success</c> or <c>failure</c> for a privileged loader; empty when nothing is said.</summary>
    public string Expectation => Expected("");

    /// <summary>The same for a loader without rights.</summary>
    public string UnprivilegedExpectation => Expected("_unpriv");

    /// <summary>Messages that the log of a privileged loader must hold, in order.</summary>
    public IEnumerable<string> Messages => Values("test_expect_msg=");

    /// <summary>The load flags the test asks for.</summary>
    public ProgramFlags Flags => Values("test_prog_flags=").Aggregate(ProgramFlags.None, (flags, text) => flags | FlagOf(text));

    public static ProgramTags Of(ProgramSpec program, BtfSpec? types)
    {
        if (types is null || program.Entry.Type == 0) return new([]);
        List<(int Number, string Text)> tags = [];
        foreach (int id in types.IdsOf(BtfKind.DeclTag))
        {
            if (types[id] is not BtfType.DeclTag tag || tag.Target != program.Entry.Type || tag.Component != -1) continue;
            if (tag.Name.StartsWith(Mark, StringComparison.Ordinal)) tags.Add(Numbered(tag.Name[Mark.Length..]));
        }

        return new([.. tags.OrderBy(t => t.Number).Select(t => t.Text)]);
    }

    private static (int Number, string Text) Numbered(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && int.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? (number, text[(colon + 1)..])
            : (0, text);
    }

    private static ProgramFlags FlagOf(string text)
    {
        if (FlagNames.TryGetValue(text, out var flag)) return flag;
        bool isHex = text.StartsWith("0x", StringComparison.Ordinal);
        return uint.TryParse(isHex ? text.AsSpan(2) : text, isHex ? NumberStyles.HexNumber : NumberStyles.None, CultureInfo.InvariantCulture, out uint bits)
            ? (ProgramFlags)bits
            : throw new FormatException($"the load flag '{text}' is not known");
    }

    private string Expected(string who) =>
        All.Contains("test_expect_failure" + who) ? "failure" : All.Contains("test_expect_success" + who) ? "success" : "";

    private IEnumerable<string> Values(string key) => All.Where(t => t.StartsWith(key, StringComparison.Ordinal)).Select(t => t[key.Length..]);
}
