// SPDX-License-Identifier: MIT
using System.Reflection;
using Ruche.Architecture.Tests.Api;

namespace Ruche.Architecture.Tests;

/// <summary>What the libraries promise: a change of the public API shows as a change of its approved text.</summary>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData("Ruche.Bpf.Objects")]
    [InlineData("Ruche.Bpf.Abstractions")]
    [InlineData("Ruche.Bpf.Compiler")]
    [InlineData("Ruche.Bpf.Kernel")]
    [InlineData("Ruche.Bpf.Machine")]
    [InlineData("Ruche.Bpf.Verifier")]
    [InlineData("Ruche.Bpf")]
    [InlineData("Ruche.Symbols")]
    [InlineData("Ruche.Trace")]
    public void The_public_api_is_the_approved_one(string name)
    {
        string text = ApiText.Of(Assembly.Load(name));

        Approved.Verify($"tests/Ruche.Architecture.Tests/Api/{name}.approved.txt", text);
    }
}
