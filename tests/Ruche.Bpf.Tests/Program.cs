// SPDX-License-Identifier: MIT
using Ruche.Bpf.Tests.Loading;
using Xunit.MicrosoftTestingPlatform;
using Ruche.Bpf.Tests.Tokens;

namespace Ruche.Bpf.Tests;

internal static class Program
{
    public static Task<int> Main(string[] args) => args switch
    {
        [AttachedLoader.Verb, var space, var report] => AttachedLoader.HoldAsync(space, report),
        [TokenUser.Verb] => Task.FromResult(TokenUser.Run()),
        [RestrictedLoader.Verb] => Task.FromResult(RestrictedLoader.Run()),
        _ => TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    };
}
