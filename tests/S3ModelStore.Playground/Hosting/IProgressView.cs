using System.Management.Automation;

namespace S3ModelStore.Playground.Hosting;

/// <summary>Where progress goes. Not thread-safe.</summary>
internal interface IProgressView
{
    void Show(long sourceId, ProgressRecord record);

    /// <summary>Gets out of the way of other output.</summary>
    void Clear();
}
