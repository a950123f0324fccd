// SPDX-License-Identifier: MIT
namespace Ruche.Cli.Trace;

/// <summary>
/// Understands a command line of bpftrace, where a link of that name leads here: the same options, written and placed as getopt reads them: behind <c>--</c>
/// is what belongs to the script.
/// </summary>
internal static class BpftraceWords
{
    private const string Name = "bpftrace";
    private const string Version = "--version";
    private const string Info = "--info";

    // Those without a word of ours are about kernel headers, LLVM and where the names of functions come from: nothing of that is needed here.
    private static readonly BpftraceOption[] Options =
    [
        new('e', "", true, "-e"),
        new('l', "list", false, "-l"),
        new('v', "verbose", false, "-v"),
        new('h', "help", false, "-h"),
        new('V', "version", false, Version),
        new(null, "info", false, Info),
        new('p', "pid", true, "-p"),
        new('c', "cmd", true, "-c"),
        new('o', "output", true, "-o"),
        new('f', "", true, "-f"),
        new('B', "", true, "-B"),
        new('q', "quiet", false, "-q"),
        new('k', "warnings", false, "-k"),
        new(null, "no-warnings", false, "--no-warnings"),
        new('I', "", true, "-I"),
        new(null, "include", true, "--include"),
        new(null, "unsafe", false, "--unsafe"),
        new(null, "test", false, "--test"),
        new(null, "bench", false, "--bench"),
        new(null, "probe-filter", true, "--probe-filter"),
        new(null, "fmt", false, "--fmt"),
        new(null, "dry-run", false, "--dry-run"),
        new(null, "emit-elf", true, "--emit-elf"),
        new(null, "usdt-file-activation", false, null),
        new(null, "verify-llvm-ir", false, null),
        new(null, "no-feature", true, null),
        new(null, "traceable-functions", true, null),
        new(null, "debuginfo", true, null),
        new(null, "dwarf-pid", true, null),
    ];

    /// <summary>The words that this command has for the same, when it was started by that name; otherwise those that were given.</summary>
    public static string[] Translate(string[] words) => Path.GetFileName(CalledAs()) == Name ? [.. Translated(words)] : words;

    private static List<string> Translated(string[] words)
    {
        List<string> options = ["trace"], others = [];
        Queue<string> rest = new(words);
        while (rest.TryDequeue(out string? word) && word != "--")
        {
            if (word is not ['-', _, ..]) others.Add(word);
            else if (word.StartsWith("--", StringComparison.Ordinal)) AddLong(word, rest, options);
            else AddShort(word, rest, options);
        }

        return options.Find(o => o is Version or Info) switch
        {
            Version => [Version],
            Info => ["check"],
            _ => [.. options, "--", .. others, .. rest],
        };
    }

    private static void AddLong(string word, Queue<string> rest, List<string> options)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        string name = word[2..(equals < 0 ? word.Length : equals)];
        string? value = equals < 0 ? null : word[(equals + 1)..];
        if (name is "debug") AddStage(value ?? NextStage(rest), 1, options);
        else if (name is "mode") AddMode(value ?? (rest.TryDequeue(out string? next) ? next : ""), options);
        else if (Array.Find(Options, o => o.Long == name) is { } option) option.AddTo(options, value, rest);
        else options.Add(word);
    }

    private static void AddMode(string mode, List<string> options) => options.Add(mode == "format" ? "--fmt" : $"--{mode}");

    // -qv is -q -v, and -p1 is -p 1.
    private static void AddShort(string word, Queue<string> rest, List<string> options)
    {
        for (int i = 1; i < word.Length; i++)
        {
            if (word[i] == 'd')
            {
                AddStage(i + 1 == word.Length ? NextStage(rest) : null, word.Count(c => c == 'd'), options);
                return;
            }

            if (Array.Find(Options, o => o.Short == word[i]) is not { } option)
            {
                options.Add(word);
                return;
            }

            option.AddTo(options, option.HasValue && i + 1 < word.Length ? word[(i + 1)..] : null, rest);
            if (option.HasValue) return;
        }
    }

    private static string? NextStage(Queue<string> rest) =>
        rest.TryPeek(out string? next) && next is "all" or "ast" or "types" or "codegen" or "codegen-opt" or "libbpf" or "verifier" or "parse" or "dis" or "ir" or "bpf" ? rest.Dequeue() : null;

    // Older releases take no stage: -d is the tree then, and -dd the program.
    private static void AddStage(string? stage, int level, List<string> options) => options.AddRange(["-d", stage switch
    {
        null => level > 1 ? "ir" : "ast",
        "ast" or "types" or "parse" => "ast",
        "codegen" or "codegen-opt" or "ir" => "ir",
        _ => "bpf",
    }]);

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

    /// <summary>An option of bpftrace, and the word that this command has for it; none where it is not needed.</summary>
    private sealed record BpftraceOption(char? Short, string Long, bool HasValue, string? Own)
    {
        /// <summary>Adds it, with its value, which is the next word when it is not at hand.</summary>
        public void AddTo(List<string> options, string? value, Queue<string> rest)
        {
            if (HasValue && value is null) rest.TryDequeue(out value);
            if (Own is null) return;
            options.Add(Own);
            if (value is not null) options.Add(value);
        }
    }
}
