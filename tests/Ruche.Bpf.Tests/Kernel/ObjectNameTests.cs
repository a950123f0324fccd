// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Tests.Kernel;

public sealed class ObjectNameTests
{
    [Theory]
    [InlineData("counts", "counts")]
    [InlineData("my-map é", "my_map__")]
    [InlineData("a.rodata.str1.16", "a.rodata.str1.1")]
    [InlineData("", "")]
    public void Names_keep_what_the_kernel_accepts(string name, string kept) => Assert.Equal(kept, ObjectName.From(name).ToString());
}
