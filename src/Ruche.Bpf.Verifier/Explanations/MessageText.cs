// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.RegularExpressions;

namespace Ruche.Bpf.Verifier.Explanations;

/// <summary>Fills the gaps of a sentence with what a message said.</summary>
internal static partial class MessageText
{
    /// <summary>The sentence with its gaps filled.</summary>
    public static string Fill(string sentence, IReadOnlyDictionary<string, string> values)
    {
        StringBuilder text = new();
        int at = 0;
        while (sentence.IndexOf('{', at) is >= 0 and var open)
        {
            int close = sentence.IndexOf('}', open);
            text.Append(sentence, at, open - at).Append(Value(sentence[(open + 1)..close], values));
            at = close + 1;
        }

        return Single().Replace(text.Append(sentence, at, sentence.Length - at).ToString(), match => $"1 {match.Groups[1].Value}");
    }

    private static string Value(string name, IReadOnlyDictionary<string, string> values)
    {
        if (!values.TryGetValue(name, out string? value)) return "?";
        return name switch
        {
            "kind" => RegisterWords.Kind(value),
            "kinds" => RegisterWords.Kinds(value),
            "state" => RegisterWords.Returned(value),
            "what" => value.Replace("BPF_EXIT instruction in main prog", "the end of the program", StringComparison.Ordinal).Trim(),
            _ => value.Trim(),
        };
    }

    [GeneratedRegex(@"\b1\s(byte|bit|argument|function|instruction|map|decision)s\b")]
    private static partial Regex Single();
}
