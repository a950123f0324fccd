// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Trace.Probes;

namespace Ruche.Trace.Tests.Probes;

public sealed class CallingConventionTests
{
    private readonly BtfBuilder _types = new();
    private readonly Dictionary<string, int> _named = new(StringComparer.Ordinal) { ["void"] = 0 };

    public CallingConventionTests()
    {
        _named["int"] = _types.Add(new BtfType.Int(4, IntEncoding.Signed, 0, 32) { Name = "int" });
        _named["wide"] = _types.Add(new BtfType.Int(16, IntEncoding.Signed, 0, 128) { Name = "wide" });
        _named["double"] = _types.Add(new BtfType.Float(8) { Name = "double" });
        _named["long_double"] = _types.Add(new BtfType.Float(16) { Name = "long double" });
        _named["numbers"] = Record("numbers", 16, (_named["int"], 0), (_named["int"], 64));
        _named["floats"] = Record("floats", 16, (_named["double"], 0), (_named["double"], 64));
        _named["mixed"] = Record("mixed", 16, (_named["double"], 0), (_named["int"], 64));
        _named["large"] = Record("large", 24, (_named["int"], 0), (_named["int"], 64), (_named["int"], 128));
    }

    [Theory]
    [InlineData("void", "int int int int int int int int", "0 1 2 3 4 5 6 7")]
    [InlineData("void", "int double int", "0 - 1")]
    [InlineData("void", "double double double double double double double double double int int int int int int int", "- - - - - - - - - 0 1 2 3 4 5 7")]
    [InlineData("void", "long_double int int int int int int int", "- 0 1 2 3 4 5 8")]
    [InlineData("void", "wide int", "- 2")]
    [InlineData("void", "int int int int int wide int int", "0 1 2 3 4 - 5 8")]
    [InlineData("void", "numbers int floats int mixed int", "- 2 - 3 - 5")]
    [InlineData("void", "int int int int int numbers int int", "0 1 2 3 4 - 5 8")]
    [InlineData("void", "large int", "- 0")]
    [InlineData("large", "int int", "1 2")]
    [InlineData("numbers", "int int", "0 1")]
    public void Arguments_are_where_the_abi_for_x64_puts_them(string returned, string parameters, string words) => Check(returned, parameters, words, isArm: false);

    [Theory]
    [InlineData("void", "int int int int int int int int int", "0 1 2 3 4 5 6 7 8")]
    [InlineData("void", "int wide int", "0 - 4")]
    [InlineData("void", "numbers int floats int mixed int", "- 2 - 3 - 6")]
    [InlineData("void", "int int int int int int int numbers int", "0 1 2 3 4 5 6 - 10")]
    [InlineData("void", "large int", "- 1")]
    [InlineData("large", "int int", "0 1")]
    public void Arguments_are_where_the_abi_for_arm_puts_them(string returned, string parameters, string words) => Check(returned, parameters, words, isArm: true);

    private void Check(string returned, string parameters, string words, bool isArm)
    {
        BtfType.FunctionPrototype function = new(_named[returned], [.. parameters.Split(' ').Select(p => new BtfParameter("", _named[p]))]);

        Assert.Equal(words, string.Join(' ', CallingConvention.WordsOf(_types.Build(), function, isArm).Select(w => w?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-")));
    }

    private int Record(string name, int size, params (int Type, int BitOffset)[] members) =>
        _types.Add(new BtfType.Composite(false, size, [.. members.Select((m, i) => new BtfMember($"m{i}", m.Type, m.BitOffset, 0))]) { Name = name });
}
