// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Cli.Bpf.Verification;

/// <summary>States, line by line.</summary>
internal static class StateLines
{
    /// <summary>Prints each state under its source line and before its instruction.</summary>
    public static Action<int, string> Writer(VerifierProgram program)
    {
        SourcePlace? last = null;
        return (slot, text) =>
        {
            var place = program.SourceOf(slot);
            if (place is not null && place != last) Console.WriteLine($"; {place.Text}   ({Path.GetFileName(place.File)}:{place.Line.ToString(CultureInfo.InvariantCulture)})");
            last = place;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{slot,5}: {program.Instructions[slot],-36}  {text}"));
        };
    }
}
