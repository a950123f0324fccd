// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Verifier;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Cli.Output;
using Ruche.Trace;

namespace Ruche.Cli.Trace;

/// <summary>What each probe of a script costs, as a table: its hook, its instructions, and the verifier's work.</summary>
internal static class TraceCosts
{
    private const int MostPlaces = 3;

    /// <summary>The table of a script that is loaded.</summary>
    public static string Table(CompiledTrace script, TraceRun run)
    {
        ProgramReader reader = new(script.Object, KernelTypes.Running);
        List<string[]> rows = [["PROBE", "HOOK", "PLACES", "INSTRUCTIONS", "LOADED", "MACHINE CODE", "VERIFIED", "STATES"]];
        foreach (var program in script.Programs)
        {
            var info = run.InfoOf(program);
            var verdict = ProgramVerifier.Verify(reader.Read(script.Object.Program(program.Name)!), new() { KernelTypes = KernelTypes.Running });
            rows.Add([PlacesOf(program), program.Hook, Text(program.Places.Count), Text(program.Instructions), Text(info.TranslatedSize / Instruction.Size), $"{Text(info.JitedSize)} B", Text(info.VerifiedInstructions), Text(verdict.Statistics.States)]);
        }

        StringBuilder text = new();
        Columns.Write(text, "", rows);
        text.Append("\nINSTRUCTIONS are those of the program, LOADED what the kernel made of them; VERIFIED is how many its verifier looked at, STATES on how many ways.\n");
        return text.ToString();
    }

    private static string PlacesOf(TraceProgram program) => program.Places.Count <= MostPlaces
        ? string.Join(", ", program.Places)
        : $"{string.Join(", ", program.Places.Take(MostPlaces))} …";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
