// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Text.RegularExpressions;
using Ruche.Bpf.Kernel.Lowering;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Prototypes;

namespace Ruche.Bpf.Kernel.Tests.Calls;

/// <summary>The kernel's helpers as methods.</summary>
public sealed partial class HelperTests
{
    private static (MethodInfo Method, HelperAttribute Attribute)[] Helpers { get; } = [.. KernelLibrary.MethodsWith<HelperAttribute>()];

    public static TheoryData<HelperId> Numbers => [.. Enum.GetValues<HelperId>().Where(i => i is not HelperId.Unspec)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_helper_has_a_method_of_its_name(HelperId id) =>
        Assert.Contains(Helpers, h => h.Attribute.Number == (int)id && h.Method.Name == id.ToString());

    [Theory]
    [MemberData(nameof(Numbers))]
    public void The_text_tells_since_when_it_is_there_and_for_which_licence(HelperId id)
    {
        HelperPrototype known = HelperPrototypes.Find(id)!;

        MethodInfo method = Helpers.First(h => h.Attribute.Number == (int)id && h.Method.Name == id.ToString()).Method;
        Match facts = SummaryTexts.Of(method).Select(text => Facts().Match(text)).Single(m => m.Success);

        Assert.Equal($"{known.Since}", facts.Groups["version"].Value);
        Assert.Equal(known.IsGplOnly, facts.Groups["gpl"].Success);
        Assert.Equal(known.MaySleep, facts.Groups["sleeps"].Success);
    }

    [Fact]
    public void No_method_has_a_number_that_is_no_helper() =>
        Assert.All(Helpers, h => Assert.True(h.Attribute.Number > 0 && Enum.IsDefined((HelperId)h.Attribute.Number), h.Method.Name));

    [Fact]
    public void Arguments_fit_into_registers()
    {
        var lowered = Helpers.Select(h => h.Method).Concat(KernelLibrary.MethodsWith<KfuncAttribute>().Select(k => k.Method));

        Assert.All(lowered, m => Assert.True(m.GetParameters().Length <= 5, m.Name));
    }

    [Fact]
    public void Methods_take_as_many_arguments_as_the_helper()
    {
        // One takes any number, one takes flags that the verifier lets be anything.
        Assert.All(Helpers.Where(h => (HelperId)h.Attribute.Number is not (HelperId.TracePrintk or HelperId.GetBranchSnapshot)), h =>
            Assert.True(HelperPrototypes.Find((HelperId)h.Attribute.Number)!.Arguments.Length == h.Method.GetParameters().Length, h.Method.Name));
    }

    [Fact]
    public void Methods_that_return_an_address_say_what_it_points_into() =>
        Assert.All(Helpers.Where(h => h.Method.ReturnType is { IsByRef: true } or { IsPointer: true }), h =>
            Assert.True(h.Attribute.Returns is not AddressSpace.Any, h.Method.Name));

    [GeneratedRegex(@";\s+(?<version>\d+\.\d+)(?<gpl>;\s+GPL)?(?<sleeps>;\s+may\s+sleep)?\.\s*$")]
    private static partial Regex Facts();
}
