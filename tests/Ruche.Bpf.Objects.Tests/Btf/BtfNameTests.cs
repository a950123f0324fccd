// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Objects.Tests.Btf;

/// <summary>The first few names are searched for, later ones looked up in an index: both must say the same.</summary>
public sealed class BtfNameTests
{
    // "task" ends more strings than a search will look at; "of" is both a name and the end of others.
    private static readonly string[] Names =
        ["task", "of", "sizeof", "roof", "proof", "of", .. Enumerable.Range(0, 20).Select(i => $"{(char)('a' + i)}task"), "task_struct", "t", "🐝"];

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    public void Every_name_is_found_and_nothing_else(int lookupsBefore)
    {
        byte[] image = Image();

        foreach (string name in Names.Concat(["", "absent", "sk", "tas", "ofx"]))
        {
            var spec = BtfSpec.Read(image);
            for (int i = 0; i < lookupsBefore; i++) _ = spec.Find("sizeof").Count();

            int[] expected = name.Length == 0 ? [] : [.. spec.IdsOf(BtfKind.Typedef).Where(id => spec.NameOf(id) == name)];
            Assert.Equal(expected, spec.Find(name));
        }
    }

    [Fact]
    public void A_name_may_be_the_end_of_a_longer_string()
    {
        byte[] image = Image();
        var spec = BtfSpec.Read(image);
        Assert.True(spec.TryFind(BtfKind.Typedef, "sizeof", out int id));

        // The name of the type moves four bytes on, into "sizeof".
        byte[] wanted = [.. "\0sizeof\0"u8];
        int text = image.AsSpan().IndexOf(wanted) + 1 - image.AsSpan().IndexOf((byte[])[.. "\0task\0"u8]);
        Span<byte> types = image.AsSpan(24 + (id - 1) * 12);
        Assert.Equal(text, BitConverter.ToInt32(types));
        BitConverter.TryWriteBytes(types, text + 4);

        Assert.Contains(id, BtfSpec.Read(image).Find("of"));
    }

    private static byte[] Image()
    {
        BtfBuilder builder = new();
        foreach (string name in Names) builder.Add(new BtfType.Typedef(0) { Name = name });
        return builder.Build().Image.ToArray();
    }
}
