// SPDX-License-Identifier: MIT
using Ruche.Bpf.Tests.Leaks;

// The kernel is one shared thing, and a leak must be found in the test that made it.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: NoLeaks]
[assembly: AssemblyFixture(typeof(LastLeaks))]
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
