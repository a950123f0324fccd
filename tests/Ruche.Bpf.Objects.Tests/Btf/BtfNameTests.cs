// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Objects.Tests.Btf;

public sealed class BtfNameTests
{
    private static readonly string[] Names =
        ["task", "of", "sizeof", "roof", "proof", "of", .. Enumerable.Range(0, 20).Select(i => $"{(char)('a' + i)}task"), "task_struct", "t", "🐝"];

    [Fact]
    public void Every_name_is_found_and_nothing_else()
    {
        var spec = BtfSpec.Read(Image());

        foreach (string name in Names.Concat(["", "absent", "sk", "tas", "ofx"]))
        {
            int[] expected = name.Length == 0 ? [] : [.. Enumerable.Range(1, spec.Count - 1).Where(id => spec.NameOf(id) == name)];
            Assert.Equal(expected, spec.Find(name));
            Assert.Equal(expected.Where(id => spec.KindOf(id) is BtfKind.Function), spec.Find(BtfKind.Function, name));
            Assert.Equal(expected.Any(id => spec.KindOf(id) is BtfKind.Typedef), spec.TryFind<BtfType.Typedef>(name, out int first));
            Assert.Equal(expected.FirstOrDefault(id => spec.KindOf(id) is BtfKind.Typedef), first);
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
        int prototype = builder.Add(new BtfType.FunctionPrototype(0, []));
        foreach (string name in Names) builder.Add(new BtfType.Function(prototype, BtfLinkage.Global) { Name = name });
        return builder.Build().Image.ToArray();
    }
}
