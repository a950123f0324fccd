// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Tests.Kernel;

public sealed class BpfExceptionTests
{
    [Fact]
    public void The_message_names_operation_errno_and_way_out() =>
        Assert.Equal("load program 'drop': E2BIG; make it smaller", new BpfException("load program 'drop'", Errno.E2BIG, "make it smaller").Message);

    [Fact]
    public void Without_a_hint_the_errno_is_explained() =>
        Assert.Equal("close: EBADF (bad file descriptor)", new BpfException("close", Errno.EBADF).Message);

    [Theory]
    [InlineData(Errno.E2BIG, "the map is full")]
    [InlineData(Errno.EEXIST, "the key is there already")]
    [InlineData(Errno.ENOENT, "no such key")]
    [InlineData(Errno.EMFILE, "ulimit -n")]
    public void Updates_explain_the_classic_refusals(Errno errno, string words) =>
        Assert.Contains(words, Hints.For(BpfCommand.MapUpdateElem, errno), StringComparison.Ordinal);

    [Fact]
    public void A_number_that_says_it_all_gets_no_hint() => Assert.Null(Hints.For(Errno.ERANGE));
}
