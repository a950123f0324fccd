// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Probes;

/// <summary>A function of a program that the kernel has loaded.</summary>
/// <param name="Program">The program's id.</param>
/// <param name="Name">What its types call the function.</param>
/// <param name="Returns">The bytes of the number that it returns, below zero for one with a sign; zero when it returns none.</param>
internal sealed record LoadedFunction(uint Program, string Name, int Returns);
