// SPDX-License-Identifier: MIT
namespace Ruche.Cli.Trace;

/// <summary>
/// Understands a command line of bpftrace, where a link of that name leads here: the same options, and what belongs to the script behind its first word.
/// </summary>
internal static class BpftraceWords
{
    private const string Name = "bpftrace";

    private static readonly string[] WithValue = ["-e", "-p", "-c", "-o", "-f", "-B", "-I", "--include", "--emit-elf", "--probe-filter"];

    // About kernel headers, LLVM and where the names of functions come from: nothing of that is needed here.
    private static readonly string[] Needless = ["--usdt-file-activation", "--verify-llvm-ir"];
    private static readonly string[] NeedlessWithValue = ["--no-feature", "--traceable-functions", "--debuginfo", "--dwarf-pid"];

    /// <summary>The words that this command has for the same, when it was started by that name; otherwise those that were given.</summary>
    public static string[] Translate(string[] words) => Path.GetFileName(CalledAs()) == Name ? Translated(words).ToArray() : words;

    private static List<string> Translated(string[] words)
    {
        if (words is ["-V" or "--version", ..]) return ["--version"];
        if (words is ["--info", ..]) return ["check"];
        List<string> options = ["trace"];
        int at = 0;
        for (; at < words.Length && words[at] is ['-', _, ..] and not "--"; at++)
        {
            string word = words[at];
            if (Needless.Contains(word)) continue;
            if (NeedlessWithValue.Contains(word)) at++;
            else if (word is "-d" or "-dd" && (at + 1 == words.Length || words[at + 1] is not ("ast" or "ir" or "bpf"))) options.AddRange(["-d", word == "-d" ? "ast" : "ir"]);
            else if (word == "--mode" && at + 1 < words.Length) options.Add(words[++at] == "format" ? "--fmt" : $"--{words[at]}");
            else options.Add(word);
            if ((WithValue.Contains(word) || word == "-d") && at + 1 < words.Length && options[^1] == word) options.Add(words[++at]);
        }

        // An option of the script may stand behind another border.
        if (at < words.Length) options.Add("--");
        for (int i = at; i < words.Length; i++)
        {
            if (words[i] != "--" || i > at + 1) options.Add(words[i]);
        }

        return options;
    }

    // What a link is called is only in the first word of the command line.
    private static string CalledAs()
    {
        try
        {
            string all = File.ReadAllText("/proc/self/cmdline");
            int end = all.IndexOf('\0', StringComparison.Ordinal);
            return end < 0 ? all : all[..end];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
