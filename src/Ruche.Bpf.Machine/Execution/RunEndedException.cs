// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Execution;

/// <summary>A function of the program that a helper had called has ended the run. Lets the helper unwind; nobody sees it.</summary>
internal sealed class RunEndedException : Exception;
