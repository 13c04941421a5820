namespace CallCenter.Web.Shared.Charts;

internal static class ChartTones
{
    public static string Css(ChartTone tone) => tone switch
    {
        ChartTone.Quiet => "tone-quiet",
        ChartTone.Faint => "tone-faint",
        ChartTone.Good => "tone-good",
        ChartTone.Warn => "tone-warn",
        ChartTone.Bad => "tone-bad",
        _ => "tone-brand",
    };
}
