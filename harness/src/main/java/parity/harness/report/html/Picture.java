package parity.harness.report.html;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.function.DoubleUnaryOperator;
import javax.imageio.ImageIO;
import parity.harness.result.Grid;

/** A grid as a PNG within the page, a pixel a cell. */
final class Picture {
  private Picture() {}

  /**
   * The address of a picture that is the picture.
   *
   * @param share where a number stands in the palette, 0 to 1; what is outside is as the end
   * @param fromBelow whether the first row is the lowest
   */
  static String of(Grid grid, Palette palette, DoubleUnaryOperator share, boolean fromBelow) {
    BufferedImage image =
        new BufferedImage(
            grid.columns(), grid.rows(), BufferedImage.TYPE_BYTE_INDEXED, palette.model());
    WritableRaster raster = image.getRaster();
    for (int row = 0; row < grid.rows(); row++) {
      int y = fromBelow ? grid.rows() - 1 - row : row;
      for (int column = 0; column < grid.columns(); column++) {
        raster.setSample(column, y, 0, step(grid.at(row, column), share));
      }
    }
    try (ByteArrayOutputStream png = new ByteArrayOutputStream()) {
      ImageIO.setUseCache(false);
      ImageIO.write(image, "png", png);
      return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int step(float value, DoubleUnaryOperator share) {
    if (!Float.isFinite(value)) {
      return Palette.STEPS;
    }
    double at = Math.clamp(share.applyAsDouble(value), 0, 1);
    return (int) Math.round(at * (Palette.STEPS - 1));
  }
}
