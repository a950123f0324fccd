// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Tests;

namespace Ruche.Bpf.Compiler.Tests.Clang;

/// <summary>
/// The programs that were written twice, in C by clang and in C# by us: both are accepted, both do the same with the same packets, contexts and clock, in the
/// machine and, where the kernel runs them on request, in the kernel; and ours are hardly longer and need hardly more stack. RUCHE_CODE_TABLE names a file that
/// gets a line for each: the form, its name, slots, bytes of stack and nanoseconds of both, and how many runs agreed.
/// </summary>
public sealed class ClangComparisonTests : KernelTest
{
    private const double MoreText = 1.15;
    private const double MoreCode = 1.3;
    private const double MoreCodeOnTheWhole = 1.1;
    private const int MoreStack = 64;

    private static readonly Lock Table = new();

    public static TheoryData<string> Programs => [.. Twin.Names];

    public static TheoryData<string> Texts => [.. Twin.TextNames];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_does_the_same_in_hardly_more_instructions(string name) => Compare(name, "text", Twin.CompileText(name), MoreText);

    [Theory]
    [MemberData(nameof(Programs))]
    public void CSharp_does_the_same_in_hardly_more_instructions_and_stack(string name) => Compare(name, "C#", Twin.CompileCSharp(name), MoreCode);

    [Fact]
    public void On_the_whole_CSharp_is_as_short_as_C()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/clang"), "clang is not installed");

        var ratios = Twin.Names.Select(n => (double)CodeFacts.SlotsOf(Twin.CompileCSharp(n)) / CodeFacts.SlotsOf(Twin.CompileC(n))).ToList();

        Assert.True(ratios.Count >= 28, $"{ratios.Count} programs");
        double mean = Math.Exp(ratios.Average(Math.Log));
        Assert.True(mean <= MoreCodeOnTheWhole, $"{mean:F3}");
    }

    private static void Compare(string name, string form, ObjectSpec ours, double allowed)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/clang"), "clang is not installed");
        var clang = Twin.CompileC(name);

        var (code, theirs) = (CodeFacts.Of(ours), CodeFacts.Of(clang));

        using MachineTwins machines = new(clang, ours);
        int runs = machines.Compare();
        using var kernel = TwinRun.Load(clang, ours);
        runs += kernel?.Compare() ?? 0;
        if (Environment.GetEnvironmentVariable("RUCHE_CODE_TABLE") is { Length: > 0 } file) Record(file, form, name, theirs, code, kernel?.Time(), runs);
        double ratio = (double)code.Slots / theirs.Slots;
        Assert.True(ratio <= allowed, $"{code.Slots} slots, clang {theirs.Slots}: {ratio:F2}\n{CodeFacts.Listing(ours)}\n\nclang:\n{CodeFacts.Listing(clang)}");
        Assert.True(code.Stack <= theirs.Stack + MoreStack, $"{code.Stack} bytes of stack, clang {theirs.Stack}\n{CodeFacts.Listing(ours)}\n\nclang:\n{CodeFacts.Listing(clang)}");
    }

    private static void Record(string file, string form, string name, CodeFacts clang, CodeFacts ours, (double Clang, double Ours)? times, int runs)
    {
        string nanoseconds = times is { } t ? string.Create(CultureInfo.InvariantCulture, $"{t.Clang:F2}\t{t.Ours:F2}") : "-\t-";
        lock (Table) File.AppendAllText(file, $"{form}\t{name}\t{clang.Slots}\t{ours.Slots}\t{clang.Stack}\t{ours.Stack}\t{nanoseconds}\t{runs}\n");
    }
}
