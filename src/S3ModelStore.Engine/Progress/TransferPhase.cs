namespace S3ModelStore.Engine.Progress;

/// <summary>What a job is doing.</summary>
public enum TransferPhase
{
    Listing = 0,
    Planning,
    Downloading,
    Finishing,
    Completed,
}
