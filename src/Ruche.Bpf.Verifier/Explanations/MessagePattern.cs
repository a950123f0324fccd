// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Explanations;

/// <summary>
/// The shape of a kernel message: words as they are, and named gaps. <c>{reg}</c> stands for one word, <c>{why*}</c> for any text.
/// A gap ends where the words behind it begin for the first time.
/// </summary>
internal sealed class MessagePattern
{
    private readonly List<(string Name, bool IsLong, string Behind)> _gaps = [];
    private readonly string _start;

    public MessagePattern(string pattern)
    {
        Text = pattern;
        int open = pattern.IndexOf('{', StringComparison.Ordinal);
        _start = open < 0 ? pattern : pattern[..open];
        while (open >= 0)
        {
            int close = pattern.IndexOf('}', open), next = pattern.IndexOf('{', close);
            string name = pattern[(open + 1)..close];
            _gaps.Add((name.TrimEnd('*'), name.EndsWith('*'), next < 0 ? pattern[(close + 1)..] : pattern[(close + 1)..next]));
            open = next;
        }
    }

    /// <summary>The pattern as it was written.</summary>
    public string Text { get; }

    /// <summary>How many characters are not in gaps.</summary>
    public int Literal => _start.Length + _gaps.Sum(gap => gap.Behind.Length);

    /// <summary>The names of the gaps.</summary>
    public IEnumerable<string> Names => _gaps.Select(gap => gap.Name);

    /// <summary>What stands in the gaps; null when the message has another shape.</summary>
    public Dictionary<string, string>? Match(ReadOnlySpan<char> message)
    {
        if (!message.StartsWith(_start, StringComparison.Ordinal)) return null;
        var rest = message[_start.Length..];
        Dictionary<string, string> found = new(_gaps.Count);
        for (int i = 0; i < _gaps.Count; i++)
        {
            var (name, isLong, behind) = _gaps[i];
            bool isLast = i == _gaps.Count - 1;
            int length = behind.Length == 0 ? rest.Length : isLast ? LastLength(rest, behind) : rest.IndexOf(behind, StringComparison.Ordinal);
            if (length < 0) return null;
            var value = rest[..length];
            if (!isLong && (value.IsEmpty || value.Contains(' '))) return null;
            found[name] = value.ToString();
            rest = rest[(length + behind.Length)..];
        }

        return rest.IsEmpty ? found : null;
    }

    private static int LastLength(ReadOnlySpan<char> rest, string behind) => rest.EndsWith(behind, StringComparison.Ordinal) ? rest.Length - behind.Length : -1;
}
