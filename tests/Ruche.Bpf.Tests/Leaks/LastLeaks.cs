// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Tests.Leaks;

/// <summary>Looks after the last test of all.</summary>
public sealed class LastLeaks : IDisposable
{
    public void Dispose() => NoLeaksAttribute.Report(LeakLedger.FromClassOfLastTest());
}
