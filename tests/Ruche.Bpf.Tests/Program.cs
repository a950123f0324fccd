// SPDX-License-Identifier: MIT
using Ruche.Bpf.Tests.Loading;
using Xunit.MicrosoftTestingPlatform;

namespace Ruche.Bpf.Tests;

internal static class Program
{
    public static Task<int> Main(string[] args) => args is [AttachedLoader.Verb, var space, var report]
        ? AttachedLoader.HoldAsync(space, report)
        : TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
}
