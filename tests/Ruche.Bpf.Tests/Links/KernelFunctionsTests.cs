// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Bpf.Links;

namespace Ruche.Bpf.Tests.Links;

public sealed class KernelFunctionsTests
{
    [Fact]
    public void The_kernel_lists_its_functions()
    {
        var found = KernelFunctions.Find("vfs_*");

        Assert.Contains(found, f => f is { Name: "vfs_read", Module: null });
        Assert.All(found, f => Assert.StartsWith("vfs_", f.Name, StringComparison.Ordinal));
        Assert.True(KernelFunctions.Find().Count > 10_000);
        Assert.DoesNotContain(KernelFunctions.Find(), f => f.Name.StartsWith("__pfx_", StringComparison.Ordinal));
    }

    [Fact]
    public void A_function_exists_if_the_kernel_has_a_symbol_of_its_name()
    {
        Assert.True(KernelFunctions.Exists("vfs_read"));
        Assert.False(KernelFunctions.Exists("vfs_reed"));
    }

    [Theory]
    [InlineData("vfs_read", false, "vfs_read", "", 0ul)]
    [InlineData("nfs_open [nfs]", false, "nfs_open", "nfs", 0ul)]
    [InlineData("nfs_open\t[nfs]", false, "nfs_open", "nfs", 0ul)]
    [InlineData("ffffffff81000010 nfs_open [nfs]", true, "nfs_open", "nfs", 0xffffffff81000010ul)]
    [InlineData("", false, "", "", 0ul)]
    public void A_line_tells_name_module_and_address(string text, bool hasAddress, string name, string module, ulong address)
    {
        byte[] line = Encoding.UTF8.GetBytes(text);

        Assert.Equal(name, Encoding.UTF8.GetString(TraceableFunction.NameIn(line, hasAddress)));
        Assert.Equal(module, Encoding.UTF8.GetString(TraceableFunction.ModuleIn(line)));
        if (hasAddress) Assert.Equal(address, TraceableFunction.AddressIn(line));
    }
}
