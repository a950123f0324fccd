// SPDX-License-Identifier: MIT
using System.Reflection;
using Xunit.v3;

namespace Ruche.Bpf.Tests.Leaks;

/// <summary>Fails a test that leaves a descriptor, a kernel object, a mapping or a pin behind.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class NoLeaksAttribute : BeforeAfterTestAttribute
{
    private LeakLedger? _ledger;

    public override void Before(MethodInfo methodUnderTest, IXunitTest test) => _ledger = new LeakLedger();

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (_ledger is null) return;
        IReadOnlyList<string> leaks = _ledger.Close();
        if (leaks.Count > 0) Assert.Fail($"left behind:\n{string.Join('\n', leaks)}");
    }
}
