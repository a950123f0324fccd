// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Bpf.Objects.Elf;
using Ruche.Symbols.Demangling;

namespace Ruche.Symbols.Tests.Demangling;

public sealed class DemanglerTests
{
    private static readonly string[] Libraries =
    [
        "/usr/lib/x86_64-linux-gnu/libstdc++.so.6", "/usr/lib/aarch64-linux-gnu/libstdc++.so.6", "/usr/lib64/libstdc++.so.6",
    ];

    /// <summary>Names of real libraries with the answers of <c>c++filt -i</c> (binutils 2.40), chosen so that each form occurs.</summary>
    [Theory]
    [InlineData("itanium.tsv", 560)]
    [InlineData("rust.tsv", 240)]
    public void Writes_names_as_cxxfilt_does(string file, int count)
    {
        var samples = File.ReadAllLines(Path.Combine(Repository.Root, "tests/Ruche.Symbols.Tests/testdata/demangling", file));

        Assert.Equal(count, samples.Length);
        Assert.All(samples, sample =>
        {
            string[] fields = sample.Split('\t');
            Assert.Equal(fields[1], Demangler.Demangle(fields[0]));
        });
    }

    [Fact]
    public void Writes_all_names_of_the_hosts_cxx_library_as_its_cxxfilt_does()
    {
        Tool.Require("c++filt");
        string? library = Libraries.FirstOrDefault(File.Exists);
        Assert.SkipWhen(library is null, "there is no libstdc++");
        string[] names =
        [
            .. ElfFile.Read(File.ReadAllBytes(library)).DynamicSymbols
                .Select(symbol => symbol.Name).Where(name => name.StartsWith("_Z", StringComparison.Ordinal)).Distinct(),
        ];
        string[] answers = Encoding.UTF8.GetString(Tool.Run("c++filt", ["-i"], Encoding.UTF8.GetBytes(string.Join('\n', names)))).Split('\n');

        Assert.True(names.Length > 3000);
        Assert.All(names.Zip(answers).Where(pair => pair.First != pair.Second), pair => Assert.Equal(pair.Second, Demangler.Demangle(pair.First)));
    }

    // Where c++filt 2.40 is mistaken.
    [Theory]
    [InlineData("_Z1fM1AKDoFivE", "f(int (A::*)() const noexcept)")]
    [InlineData("_ZN1A1BUt_D1Ev", "A::B::{unnamed type#1}::~{unnamed type#1}()")]
    [InlineData("_RINvC1a1bKnn80000000000000000000000000000000_E", "a::b::<-0x80000000000000000000000000000000>")]
    [InlineData("_RINvC1a1bKc27_E", @"a::b::<'\''>")]
    public void Writes_names_as_they_are_meant(string name, string expected) => Assert.Equal(expected, Demangler.Demangle(name));

    [Theory]
    [InlineData("")]
    [InlineData("main")]
    [InlineData("_Z")]
    [InlineData("_R")]
    [InlineData("_ZN")]
    [InlineData("_ZN1aE_")]
    [InlineData("_Z1fT_")]
    [InlineData("_Z1fS5_")]
    [InlineData("_Z99999999999f")]
    [InlineData("_Zli")]
    [InlineData("_RNvB_1f")]
    [InlineData("_RB_")]
    [InlineData("_ZN1a17h0123456789abcdefX")]
    public void Leaves_other_names_as_they_are(string name) => Assert.Equal(name, Demangler.Demangle(name));

    [Fact]
    public void Names_that_would_be_endless_are_left_as_they_are()
    {
        StringBuilder doubling = new("_Z1f1AIiE");
        for (int i = 0; i < 30; i++) doubling.Append($"1AIS{Sequence(2 * i)}S{Sequence(2 * i)}E");
        foreach (string name in (string[])
            [
                $"_Z1f{new string('P', 20_000)}i", $"_Z1f{new string('P', 30_000)}", $"_ZN{string.Concat(Enumerable.Repeat("1a", 9_000))}Ev",
                $"_Z1f{string.Concat(Enumerable.Repeat("1AI", 5_000))}", $"_R{new string('M', 20_000)}", $"_RIC1a{new string('R', 20_000)}hE",
                $"_Z1f{string.Concat(Enumerable.Range(0, 900).Select(i => i == 0 ? "Pi" : $"PS{Sequence(i - 1)}"))}", doubling.ToString(),
            ])
            Assert.True(Demangler.Demangle(name).Length <= 64 * 1024);
    }

    [Fact]
    public void Any_name_is_read_without_a_fault()
    {
        string[] names = [.. Samples("itanium.tsv"), .. Samples("rust.tsv")];
        foreach (int seed in FuzzSeeds.Take(20_000))
        {
            Random random = new(seed);
            var name = names[random.Next(names.Length)].ToCharArray();
            string other = names[random.Next(names.Length)];
            for (int i = random.Next(1, 4); i > 0; i--) name[random.Next(2, name.Length)] = other[random.Next(other.Length)];

            Assert.NotEmpty(Demangler.Demangle(new(name[..random.Next(2, name.Length + 1)])));
        }
    }

    private static IEnumerable<string> Samples(string file) =>
        File.ReadLines(Path.Combine(Repository.Root, "tests/Ruche.Symbols.Tests/testdata/demangling", file)).Select(line => line.Split('\t')[0]);

    private static string Sequence(int index)
    {
        if (index == 0) return "_";
        string digits = "";
        for (int value = index - 1; digits.Length == 0 || value > 0; value /= 36) digits = Digit(value % 36) + digits;
        return $"{digits}_";
    }

    private static char Digit(int value) => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[value % 36];
}
