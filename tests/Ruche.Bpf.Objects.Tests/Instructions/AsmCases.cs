// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Tests.Instructions;

/// <summary>Cases of testdata/asm: one a line, columns between bars, <c>\v</c> for a line break inside a column.</summary>
internal static class AsmCases
{
    public static TheoryData<string, string> Pairs(string file)
    {
        TheoryData<string, string> data = [];
        foreach (string[] columns in Rows(file, 2)) data.Add(columns[0], columns[1]);
        return data;
    }

    public static TheoryData<string, string, string, string> Refusals(string file)
    {
        TheoryData<string, string, string, string> data = [];
        foreach (string[] columns in Rows(file, 4)) data.Add(columns[0], columns[1], columns[2], columns[3]);
        return data;
    }

    private static IEnumerable<string[]> Rows(string file, int columns)
    {
        string path = Path.Combine(SharedFiles.Repository, "tests", "Ruche.Bpf.Objects.Tests", "testdata", "asm", file);
        return File.ReadLines(path)
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(" | ", columns).Select(c => c.Replace("\\v", "\n", StringComparison.Ordinal)).ToArray());
    }
}
