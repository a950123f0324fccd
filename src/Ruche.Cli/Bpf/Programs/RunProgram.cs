// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Programs;
using Ruche.Cli.Bpf.Listing;
using Ruche.Cli.Bpf.Words;
using Ruche.Cli.Run;
using Ruche.Cli.Terminals;

namespace Ruche.Cli.Bpf.Programs;

/// <summary><c>ruche bpf prog run</c>: runs a program on given input without attaching it.</summary>
internal static class RunProgram
{
    /// <summary>How the words are written.</summary>
    public const string Syntax = $"({ProgramSelection.Syntax}) [data_in FILE] [data_out FILE [data_size_out N]] [ctx_in FILE] [ctx_out FILE [ctx_size_out N]] [repeat N]";

    /// <summary>Runs the program and prints what it returned and how long a run took. A file of <c>-</c> is standard input or output.</summary>
    public static int Run(Invocation call)
    {
        using BpfProgram program = ProgramSelection.TakeOne(call.Words);
        Dictionary<string, string> files = [];
        Dictionary<string, uint> sizes = [];
        int repeat = 1;
        while (!call.Words.IsEmpty)
        {
            string word = call.Words.Take("a word");
            if (word is "repeat") repeat = (int)call.Words.TakeNumber("repeat");
            else if (word is "data_size_out" or "ctx_size_out") sizes[word.Replace("_size", "", StringComparison.Ordinal)] = call.Words.TakeNumber(word);
            else if (word is "data_in" or "data_out" or "ctx_in" or "ctx_out") files[word] = call.Words.Take("the file");
            else throw call.Words.Refuse($"'{word}' is not expected here");
        }

        if (repeat < 1) throw call.Words.Refuse("repeat is a number above 0");
        ProgramRun result = program.Run(Read(files, "data_in"), Read(files, "ctx_in"), new() { Repeat = repeat });
        RefuseLonger(sizes, "data_out", result.Output);
        RefuseLonger(sizes, "ctx_out", result.Context);
        Store(files, "data_out", result.Output);
        Store(files, "ctx_out", result.Context);
        Report(result, repeat, call.Format, hidden: files.ContainsValue("-") && files.Any(file => file.Key.EndsWith("out", StringComparison.Ordinal) && file.Value == "-"));
        return ExitCode.Done;
    }

    private static void Report(ProgramRun result, int repeat, OutputFormat format, bool hidden)
    {
        if (format is not OutputFormat.Text)
        {
            ListingOutput.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteNumber("retval", result.ReturnValue);
                json.WriteNumber("duration", result.Nanoseconds);
                json.WriteEndObject();
            });
            return;
        }

        string average = repeat > 1 ? " (average)" : "";
        TextWriter output = hidden ? Console.Error : Console.Out;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Return value: {result.ReturnValue}, duration{average}: {result.Nanoseconds}ns"));
    }

    private static byte[] Read(Dictionary<string, string> files, string word)
    {
        if (!files.TryGetValue(word, out string? file)) return [];
        if (file is not "-") return File.Exists(file) ? File.ReadAllBytes(file) : throw new CommandFailure(ExitCode.Usage, $"open '{file}': no such file");
        using Stream input = Console.OpenStandardInput();
        using MemoryStream bytes = new();
        input.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static void RefuseLonger(Dictionary<string, uint> sizes, string word, byte[] bytes)
    {
        if (sizes.TryGetValue(word, out uint size) && bytes.Length > size)
            throw new CommandFailure(ExitCode.Failed, $"{word} has {bytes.Length} bytes, which is more than the {size} that were asked for");
    }

    private static void Store(Dictionary<string, string> files, string word, byte[] bytes)
    {
        if (!files.TryGetValue(word, out string? file)) return;
        if (file is not "-")
        {
            File.WriteAllBytes(file, bytes);
            return;
        }

        using Stream output = StandardOutput.Open();
        output.Write(bytes);
    }
}
