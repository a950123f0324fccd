// SPDX-License-Identifier: MIT
using Ruche.Bpf.Links;

namespace Ruche.Bpf.Tests.Links;

public sealed class UserSymbolsTests
{
    [Fact]
    public void A_library_is_found_by_its_short_name_and_lists_its_functions()
    {
        string path = UserFiles.Find("c");

        var functions = UserSymbols.FunctionsOf(path);

        Assert.Contains("malloc", functions);
        Assert.DoesNotContain(functions, f => f.Contains('@', StringComparison.Ordinal));
        Assert.Equal(functions.Order(StringComparer.Ordinal), functions);
    }

    [Fact]
    public void A_place_behind_a_function_is_as_far_behind_in_the_file()
    {
        string path = UserFiles.Find("libc");

        Assert.Equal(UserSymbols.OffsetOf(new UserTarget(path, "malloc", 0)) + 4, UserSymbols.OffsetOf(new UserTarget(path, "malloc", 4)));
    }

    [Fact]
    public void An_address_that_is_not_mapped_is_nowhere_in_the_file()
    {
        string path = UserFiles.Find("libc");

        Assert.Equal(0ul, UserSymbols.OffsetOf(path, 0));
        Assert.Null(UserSymbols.OffsetOf(path, ulong.MaxValue));
    }

    [Fact]
    public void A_file_that_is_no_program_has_no_functions()
    {
        var refused = Assert.Throws<BpfException>(() => UserSymbols.FunctionsOf("/etc/passwd"));

        Assert.Equal(Errno.ENOEXEC, refused.Errno);
    }
}
