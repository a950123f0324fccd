// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Hooks;

/// <summary>The outcome of attaching a program that does nothing.</summary>
/// <param name="Hook">The hook that was tried.</param>
/// <param name="State">What came of it.</param>
/// <param name="Mechanism">How it was attached: <c>bpf link</c>, or what older kernels have instead; empty when it was not.</param>
/// <param name="Reason">Why it was not attached; empty when it was.</param>
public sealed record HookTrial(KernelHook Hook, HookState State, string Mechanism, string Reason);
