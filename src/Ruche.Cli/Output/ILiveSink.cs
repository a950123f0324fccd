// SPDX-License-Identifier: MIT
using Ruche.Cli.Live;

namespace Ruche.Cli.Output;

/// <summary>Where a run shows what happens. Called from one thread.</summary>
internal interface ILiveSink : IDisposable
{
    /// <summary>Takes one event.</summary>
    void Show(LiveEvent e);

    /// <summary>Everything at hand has been taken: bring it to the reader's eyes.</summary>
    void Flush();

    /// <summary>Nothing more will come: write what has to stand at the end.</summary>
    void Finish();
}
