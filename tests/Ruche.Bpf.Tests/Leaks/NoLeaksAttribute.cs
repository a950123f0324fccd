// SPDX-License-Identifier: MIT
using System.Reflection;
using Xunit.v3;

namespace Ruche.Bpf.Tests.Leaks;

/// <summary>
/// Fails a test that leaves a descriptor, a kernel object, a mapping or a pin behind. What a test class opens in its constructor and
/// should close when it is disposed is looked at before the next test, and at the end by <see cref="LastLeaks"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class NoLeaksAttribute : BeforeAfterTestAttribute
{
    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        Report(LeakLedger.FromClassOfLastTest());
        LeakLedger.Begin(test.TestDisplayName);
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test) => Report(LeakLedger.End());

    internal static void Report(IReadOnlyList<string> leaks)
    {
        if (leaks.Count > 0) Assert.Fail($"left behind:\n{string.Join('\n', leaks)}");
    }
}
