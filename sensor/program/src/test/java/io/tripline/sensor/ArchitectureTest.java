package io.tripline.sensor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Each library of the sensor is known to one place only. */
class ArchitectureTest {
    private static final JavaClasses SENSOR = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tripline.sensor");

    @Test
    void shouldSeeLibraryAndProgram() {
        assertThat(SENSOR)
                .extracting(JavaClass::getPackageName)
                .contains("io.tripline.sensor.decode", "io.tripline.sensor.capture", "io.tripline.sensor.program");
    }

    @Test
    void shouldKeepEachLibraryInItsPlace() {
        knownOnlyTo("org.apache.kafka..", "io.tripline.sensor.publish..");
        knownOnlyTo("com.sun.jna..", "io.tripline.sensor.capture.live..");
        knownOnlyTo("org.pcap4j..", "io.tripline.sensor.program..");
        knownOnlyTo("io.micrometer..", "io.tripline.sensor.program..");
        knownOnlyTo("picocli..", "io.tripline.sensor.program..");
    }

    private static void knownOnlyTo(String library, String place) {
        noClasses()
                .that()
                .resideOutsideOfPackage(place)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(SENSOR);
    }
}
