// SPDX-License-Identifier: MIT
using Ruche.Bpf.Links;

namespace Ruche.Bpf.Tests.Links;

public sealed class UserTargetTests
{
    [Theory]
    [InlineData("/bin/sh:main", "/bin/sh", "main", 0ul)]
    [InlineData("libc.so.6:malloc+0x10", "libc.so.6", "malloc", 16ul)]
    [InlineData("/bin/sh:main+4", "/bin/sh", "main", 4ul)]
    [InlineData("/bin/sh:0x1234", "/bin/sh", "", 0x1234ul)]
    [InlineData("/odd:path:main", "/odd:path", "main", 0ul)]
    public void Reads_path_symbol_and_offset(string text, string path, string symbol, ulong offset)
    {
        var target = UserTarget.Parse(text);

        Assert.Equal(new(path, symbol, offset), target);
    }

    [Theory]
    [InlineData("main")]
    [InlineData(":main")]
    [InlineData("/bin/sh:")]
    [InlineData("/bin/sh:0xzz")]
    [InlineData("/bin/sh:main+x")]
    public void Says_what_it_wants_instead(string text)
    {
        var refusal = Assert.Throws<FormatException>(() => UserTarget.Parse(text));

        Assert.Contains("write ", refusal.Message, StringComparison.Ordinal);
    }
}
